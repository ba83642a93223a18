/* python.exe for the smoke test: finds python312.dll beside itself and runs it. Compiled by packaging/deskpack/windows/wine_python.py. */
#include <windows.h>

typedef int (*main_function)(int, wchar_t **);

int wmain(int count, wchar_t **words) {
    HMODULE python = LoadLibraryW(L"python312.dll");
    if (!python) return 3;
    return ((main_function)(void *)GetProcAddress(python, "Py_Main"))(count, words);
}
