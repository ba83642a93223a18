/* Lists what Windows' Credential Manager keeps for this user, without the secrets; wine has no cmdkey. */
#include <windows.h>
#include <wincred.h>
#include <stdio.h>

int main(void) {
    DWORD count = 0;
    CREDENTIALW **found = NULL;
    if (!CredEnumerateW(NULL, 0, &count, &found)) return GetLastError() == ERROR_NOT_FOUND ? 0 : 1;
    for (DWORD number = 0; number < count; number++)
        printf("%ls\t%ls\t%lu\n", found[number]->TargetName, found[number]->UserName, found[number]->CredentialBlobSize);
    CredFree(found);
    return 0;
}
