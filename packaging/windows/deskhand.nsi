; The installer for Windows. Run by packaging/deskpack/windows/installer.py, which gives VERSION, PAYLOAD (the frozen folder), OUT, ICON,
; LICENCE, SIZE (KB), COMPRESSION and the words of packaging/deskpack/product.py: NAME, COMMAND, IDENTIFIER, SCHEME, SUMMARY, PUBLISHER, HOMEPAGE,
; COPYRIGHT. Optional: SIGN, a command that signs the file behind it: the uninstaller.
;
; Per user unless /AllUsers is given (that takes administrator's rights). Switches: /S silent, /AllUsers, /CurrentUser, and
; /DESKTOP /AUTOSTART /STARTMENU, each also as /...=0; what is not said is as it was before, and at first: Start menu only.
; /D=FOLDER, as the last one and without quotes, is NSIS's own. The uninstaller: /S, and /PURGE to delete the user's data too.
;
; Exit codes beside NSIS's own (0 done, 1 cancelled, 2 failed):
!define NEWER_IS_THERE 3
!define IS_RUNNING 4
!define NEEDS_ADMINISTRATOR 5
!define WINDOWS_TOO_OLD 6

Unicode true
ManifestDPIAware true
ManifestSupportedOS all
; No question by Windows for those who install for themselves; for all users the installer starts itself anew with more rights.
RequestExecutionLevel user
SetCompressor ${COMPRESSION}
CRCCheck force

!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh
!include nsDialogs.nsh
!include MUI2.nsh

!define ARP "Software\Microsoft\Windows\CurrentVersion\Uninstall\${IDENTIFIER}"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
!define WINDOW "${COMMAND}.exe"
!define CONSOLE "${COMMAND}-cli.exe"

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} setup"
VIAddVersionKey /LANG=1033 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "${COPYRIGHT}"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

Var Mode          ; CurrentUser or AllUsers
Var Administrator ; 1 where this process may write for all users
Var OnDesktop     ; 0 or 1 each
Var OnSignIn
Var InMenu
Var Purge         ; 0 or 1
Var Box1
Var Box2
Var Box3
Var Box4

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
Page custom ChoicesShow ChoicesLeave
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION Start
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.PurgeShow un.PurgeLeave
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString Running ${LANG_ENGLISH} "${NAME} is running. Close its window, then choose Retry."
LangString Running ${LANG_GERMAN} "${NAME} läuft noch. Schließen Sie das Fenster und wählen Sie dann Wiederholen."
LangString Newer ${LANG_ENGLISH} "${NAME} $0 is installed, which is newer than ${VERSION}. To go back, uninstall it first; your data stays, but an older ${NAME} may be unable to read it."
LangString Newer ${LANG_GERMAN} "${NAME} $0 ist installiert und neuer als ${VERSION}. Um zurückzugehen, deinstallieren Sie es zuerst; Ihre Daten bleiben, aber ein älteres ${NAME} kann sie womöglich nicht lesen."
LangString TooOld ${LANG_ENGLISH} "${NAME} needs 64-bit Windows 10 or later."
LangString TooOld ${LANG_GERMAN} "${NAME} braucht Windows 10 oder neuer mit 64 Bit."
LangString NeedsAdministrator ${LANG_ENGLISH} "This takes an administrator's rights."
LangString NeedsAdministrator ${LANG_GERMAN} "Dafür sind Administratorrechte nötig."
LangString ChoicesTitle ${LANG_ENGLISH} "Choices"
LangString ChoicesTitle ${LANG_GERMAN} "Auswahl"
LangString ChoicesText ${LANG_ENGLISH} "For whom ${NAME} is installed, and where it can be started."
LangString ChoicesText ${LANG_GERMAN} "Für wen ${NAME} installiert wird und von wo es sich starten lässt."
LangString ForMe ${LANG_ENGLISH} "For me only"
LangString ForMe ${LANG_GERMAN} "Nur für mich"
LangString ForAll ${LANG_ENGLISH} "For everybody on this computer (takes an administrator's rights)"
LangString ForAll ${LANG_GERMAN} "Für alle an diesem Computer (braucht Administratorrechte)"
LangString DesktopText ${LANG_ENGLISH} "Icon on the desktop"
LangString DesktopText ${LANG_GERMAN} "Symbol auf dem Desktop"
LangString AutostartText ${LANG_ENGLISH} "Start ${NAME} when I sign in to Windows"
LangString AutostartText ${LANG_GERMAN} "${NAME} bei der Anmeldung an Windows starten"
LangString PurgeTitle ${LANG_ENGLISH} "Uninstall ${NAME}"
LangString PurgeTitle ${LANG_GERMAN} "${NAME} deinstallieren"
LangString PurgeText ${LANG_ENGLISH} "Your accounts, drafts and tickets stay unless you say otherwise."
LangString PurgeText ${LANG_GERMAN} "Ihre Konten, Entwürfe und Tickets bleiben, wenn Sie nichts anderes sagen."
LangString PurgeBox ${LANG_ENGLISH} "Delete my data too: drafts and replies that were never sent are lost"
LangString PurgeBox ${LANG_GERMAN} "Auch meine Daten löschen: Entwürfe und nie gesendete Antworten sind dann verloren"
LangString PurgeKeys ${LANG_ENGLISH} "Credentials stay in Windows' Credential Manager, where this program cannot find them all. To take them away, cancel here and remove the accounts in ${NAME} first (or: ${COMMAND}-cli accounts remove ACCOUNT)."
LangString PurgeKeys ${LANG_GERMAN} "Zugangsdaten bleiben in der Windows-Anmeldeinformationsverwaltung, wo dieses Programm nicht alle finden kann. Um sie zu entfernen, brechen Sie hier ab und entfernen Sie zuerst die Konten in ${NAME} (oder: ${COMMAND}-cli accounts remove KONTO)."

; Leaves with an exit code and, where somebody is looking, with one sentence.
!macro LEAVE CODE TEXT
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  Quit
!macroend

; --- What both the installer and the uninstaller do; PREFIX is nothing or un.

!macro FUNCTIONS PREFIX
Function ${PREFIX}ReadMode
  StrCpy $Administrator 0
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 == "Admin"
    StrCpy $Administrator 1
  ${EndIf}
  ${GetParameters} $R0
  StrCpy $Mode ""
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $0
  ${IfNot} ${Errors}
    StrCpy $Mode "AllUsers"
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/CurrentUser" $0
  ${IfNot} ${Errors}
    StrCpy $Mode "CurrentUser"
  ${EndIf}
  ClearErrors
FunctionEnd

; Sets where the registry, the menus and the desktop are.
Function ${PREFIX}ApplyMode
  ${If} $Mode == "AllUsers"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

; Starts this program once more with an administrator's rights, or leaves where nobody is there to be asked for them.
Function ${PREFIX}Elevate
  ${If} ${Silent}
    !insertmacro LEAVE ${NEEDS_ADMINISTRATOR} "$(NeedsAdministrator)"
  ${EndIf}
  ClearErrors
  !if "${PREFIX}" == "un."
    ExecShell "runas" "$INSTDIR\uninstall.exe" "/AllUsers"
  !else
    ExecShell "runas" "$EXEPATH" "/AllUsers"
  !endif
  ${If} ${Errors}
    !insertmacro LEAVE ${NEEDS_ADMINISTRATOR} "$(NeedsAdministrator)"
  ${EndIf}
  Quit
FunctionEnd

; A running program's file cannot be opened for writing; that takes no plug-in and no list of processes.
Function ${PREFIX}WaitForEnd
  Push $0
  Push $1
  again:
  StrCpy $1 0
  ${If} ${FileExists} "$INSTDIR\${WINDOW}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${WINDOW}" a
    ${If} ${Errors}
      StrCpy $1 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\${CONSOLE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${CONSOLE}" a
    ${If} ${Errors}
      StrCpy $1 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
  ${If} $1 = 1
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(Running)" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${IS_RUNNING}
    Quit
  ${EndIf}
  Pop $1
  Pop $0
FunctionEnd

; The program's own files and nothing else, should the folder hold more.
Function ${PREFIX}RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
FunctionEnd
!macroend
!insertmacro FUNCTIONS ""
!insertmacro FUNCTIONS "un."

; --- The installer

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro LEAVE ${WINDOWS_TOO_OLD} "$(TooOld)"
  ${EndIf}
  SetRegView 64
  StrCpy $R9 $INSTDIR ; what /D= said
  Call ReadMode
  ${If} $Mode == ""
    ; As it is installed already; for oneself otherwise.
    StrCpy $Mode "CurrentUser"
    ReadRegStr $0 HKCU "${ARP}" "InstallLocation"
    ReadRegStr $1 HKLM "${ARP}" "InstallLocation"
    ${If} $0 == ""
    ${AndIf} $1 != ""
    ${AndIf} $Administrator = 1
      StrCpy $Mode "AllUsers"
    ${EndIf}
  ${EndIf}
  ${If} $Mode == "AllUsers"
  ${AndIf} $Administrator = 0
    Call Elevate
  ${EndIf}
  Call Prepare
FunctionEnd


; What follows from the mode: the folder, what was chosen before, and whether something newer is there.
Function Prepare
  Call ApplyMode
  ReadRegStr $0 SHCTX "${ARP}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      !insertmacro LEAVE ${NEWER_IS_THERE} "$(Newer)"
    ${EndIf}
  ${EndIf}
  ReadRegStr $0 SHCTX "${ARP}" "InstallLocation"
  ${If} $R9 != ""
    StrCpy $INSTDIR $R9
  ${ElseIf} $0 != ""
    StrCpy $INSTDIR $0
  ${ElseIf} $Mode == "AllUsers"
    StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
  ${Else}
    ; Beside the other programs of this user, not in %LOCALAPPDATA%\${NAME}: there are the data.
    StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
  ${EndIf}
  Push "Desktop"
  Push 0
  Call Choice
  Pop $OnDesktop
  Push "Autostart"
  Push 0
  Call Choice
  Pop $OnSignIn
  Push "StartMenu"
  Push 1
  Call Choice
  Pop $InMenu
FunctionEnd

; Takes a name and what it is at first; returns what the command line says of it, or else what it was before.
Function Choice
  Pop $1
  Pop $2
  ClearErrors
  ReadRegDWORD $3 SHCTX "${ARP}" "$2"
  ${If} ${Errors}
    StrCpy $3 $1
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/$2" $4
  ${IfNot} ${Errors}
    ${If} $4 == "=0"
      StrCpy $3 0
    ${Else}
      StrCpy $3 1
    ${EndIf}
  ${EndIf}
  ClearErrors
  Push $3
FunctionEnd

Function ChoicesShow
  !insertmacro MUI_HEADER_TEXT "$(ChoicesTitle)" "$(ChoicesText)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateFirstRadioButton} 0 0u 100% 12u "$(ForMe)"
  Pop $Box1
  ${NSD_CreateAdditionalRadioButton} 0 14u 100% 12u "$(ForAll)"
  Pop $Box2
  ${NSD_CreateCheckbox} 0 40u 100% 12u "$(DesktopText)"
  Pop $Box3
  ${NSD_CreateCheckbox} 0 54u 100% 12u "$(AutostartText)"
  Pop $Box4
  ${If} $Mode == "AllUsers"
    ${NSD_Check} $Box2
  ${Else}
    ${NSD_Check} $Box1
  ${EndIf}
  ${NSD_SetState} $Box3 $OnDesktop
  ${NSD_SetState} $Box4 $OnSignIn
  nsDialogs::Show
FunctionEnd

Function ChoicesLeave
  ${NSD_GetState} $Box2 $0
  ${If} $0 = ${BST_CHECKED}
    StrCpy $1 "AllUsers"
  ${Else}
    StrCpy $1 "CurrentUser"
  ${EndIf}
  ${If} $1 == "AllUsers"
  ${AndIf} $Administrator = 0
    Call Elevate
  ${EndIf}
  ${If} $1 != $Mode
    StrCpy $Mode $1
    Call Prepare
  ${EndIf}
  ${NSD_GetState} $Box3 $OnDesktop
  ${NSD_GetState} $Box4 $OnSignIn
FunctionEnd

Function Start
  ; Through the desktop's own process: with its rights, not with those of an administrator who installed it.
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW}"'
FunctionEnd

Section
  SetRegView 64
  Call ApplyMode
  Call WaitForEnd
  ; An upgrade: what the older version brought goes first, also where it lies in another folder.
  ReadRegStr $0 SHCTX "${ARP}" "InstallLocation"
  ${If} $0 != ""
  ${AndIf} $0 != $INSTDIR
    StrCpy $1 $INSTDIR
    StrCpy $INSTDIR $0
    Call WaitForEnd
    Call RemoveProgram
    StrCpy $INSTDIR $1
  ${EndIf}
  Call RemoveProgram

  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  Delete "$SMPROGRAMS\${NAME}.lnk"
  ${If} $InMenu = 1
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\${WINDOW}" 0 SW_SHOWNORMAL "" "${SUMMARY}"
  ${EndIf}
  Delete "$DESKTOP\${NAME}.lnk"
  ${If} $OnDesktop = 1
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\${WINDOW}" 0 SW_SHOWNORMAL "" "${SUMMARY}"
  ${EndIf}
  DeleteRegValue SHCTX "${RUN}" "${NAME}"
  ${If} $OnSignIn = 1
    WriteRegStr SHCTX "${RUN}" "${NAME}" '"$INSTDIR\${WINDOW}"'
  ${EndIf}

  WriteRegStr SHCTX "Software\Classes\${SCHEME}" "" "URL:${NAME}"
  WriteRegStr SHCTX "Software\Classes\${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\${SCHEME}\DefaultIcon" "" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "Software\Classes\${SCHEME}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'

  ; "Run" and the address line of a folder look here and nothing else does: who types the name there wants the window.
  WriteRegStr SHCTX "${PATHS}\${WINDOW}" "" "$INSTDIR\${WINDOW}"
  WriteRegStr SHCTX "${PATHS}\${CONSOLE}" "" "$INSTDIR\${CONSOLE}"

  WriteRegStr SHCTX "${ARP}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${ARP}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${ARP}" "DisplayIcon" "$INSTDIR\${WINDOW},0"
  WriteRegStr SHCTX "${ARP}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${ARP}" "URLInfoAbout" "${HOMEPAGE}"
  WriteRegStr SHCTX "${ARP}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${ARP}" "UninstallString" '"$INSTDIR\uninstall.exe" /$Mode'
  WriteRegStr SHCTX "${ARP}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$Mode /S'
  WriteRegDWORD SHCTX "${ARP}" "EstimatedSize" ${SIZE}
  WriteRegDWORD SHCTX "${ARP}" "NoModify" 1
  WriteRegDWORD SHCTX "${ARP}" "NoRepair" 1
  WriteRegDWORD SHCTX "${ARP}" "Desktop" $OnDesktop
  WriteRegDWORD SHCTX "${ARP}" "Autostart" $OnSignIn
  WriteRegDWORD SHCTX "${ARP}" "StartMenu" $InMenu
SectionEnd

; --- The uninstaller

Function un.onInit
  SetRegView 64
  Call un.ReadMode
  ${If} $Mode == ""
    StrCpy $Mode "CurrentUser"
    ReadRegStr $0 HKLM "${ARP}" "InstallLocation"
    ${If} $0 == $INSTDIR
      StrCpy $Mode "AllUsers"
    ${EndIf}
  ${EndIf}
  ${If} $Mode == "AllUsers"
  ${AndIf} $Administrator = 0
    Call un.Elevate
  ${EndIf}
  StrCpy $Purge 0
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/PURGE" $0
  ${IfNot} ${Errors}
    StrCpy $Purge 1
  ${EndIf}
  ClearErrors
FunctionEnd

Function un.PurgeShow
  !insertmacro MUI_HEADER_TEXT "$(PurgeTitle)" "$(PurgeText)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0u 100% 12u "$INSTDIR"
  Pop $0
  ${NSD_CreateCheckbox} 0 24u 100% 12u "$(PurgeBox)"
  Pop $Box1
  ${NSD_CreateLabel} 0 44u 100% 40u "$(PurgeKeys)"
  Pop $0
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^UninstallBtn)"
  nsDialogs::Show
FunctionEnd

Function un.PurgeLeave
  ${NSD_GetState} $Box1 $Purge
FunctionEnd

Section "Uninstall"
  SetRegView 64
  Call un.ApplyMode
  Call un.WaitForEnd
  Call un.RemoveProgram
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  DeleteRegValue SHCTX "${RUN}" "${NAME}"
  ; Another installation (for all users, or an MSI) may have the scheme by now: only what leads here goes.
  ReadRegStr $0 SHCTX "Software\Classes\${SCHEME}\shell\open\command" ""
  ${If} $0 == '"$INSTDIR\${WINDOW}" "%1"'
    DeleteRegKey SHCTX "Software\Classes\${SCHEME}"
  ${EndIf}
  DeleteRegKey SHCTX "${PATHS}\${WINDOW}"
  DeleteRegKey SHCTX "${PATHS}\${CONSOLE}"
  DeleteRegKey SHCTX "${ARP}"
  ${If} $Purge = 1
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}"
  ${EndIf}
SectionEnd
