/*
 * For wine only: the part of Windows 10's icuuc.dll that Qt6Core 6.11 imports. Every converter is "unsupported" (16), so that Qt
 * uses its own UTF-8 and Latin 1. Lies in wine's system folder and nowhere else, see packaging/deskpack/windows/wine.py.
 */
#define EXPORTED __declspec(dllexport)
#define UNSUPPORTED 16

EXPORTED void *ucnv_open(const char *name, int *error) { (void)name; *error = UNSUPPORTED; return 0; }
EXPORTED void ucnv_close(void *converter) { (void)converter; }
EXPORTED void ucnv_reset(void *converter) { (void)converter; }
EXPORTED signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
EXPORTED const char *ucnv_getName(const void *converter, int *error) { (void)converter; *error = UNSUPPORTED; return ""; }
EXPORTED const char *ucnv_getStandardName(const char *name, const char *standard, int *error) {
    (void)name, (void)standard; *error = UNSUPPORTED; return 0;
}
EXPORTED const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
EXPORTED int ucnv_countAvailable(void) { return 0; }
EXPORTED int ucnv_toUCountPending(const void *converter, int *error) { (void)converter; *error = UNSUPPORTED; return 0; }
EXPORTED int ucnv_fromUCountPending(const void *converter, int *error) { (void)converter; *error = UNSUPPORTED; return 0; }
EXPORTED void ucnv_toUnicode(void) {}
EXPORTED void ucnv_fromUnicode(void) {}
EXPORTED void ucnv_getToUCallBack(void) {}
EXPORTED void ucnv_getFromUCallBack(void) {}
EXPORTED void ucnv_setToUCallBack(void) {}
EXPORTED void ucnv_setFromUCallBack(void) {}
EXPORTED void ucnv_cbToUWriteUChars(void) {}
EXPORTED void ucnv_cbFromUWriteUChars(void) {}
EXPORTED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
EXPORTED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
