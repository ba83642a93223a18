/* The code of python3.dll: none. Its exports lead to python312.dll, see packaging/deskpack/windows/wine_python.py. */
int __stdcall DllMainCRTStartup(void *module, unsigned reason, void *reserved) {
    (void)module, (void)reason, (void)reserved;
    return 1;
}
