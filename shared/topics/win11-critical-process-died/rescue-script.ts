/**
 * `RESCUE.CMD` for a stick: finds the Windows that does not start, and renames its hives there and back. Only what cmd.exe of the
 * recovery environment has; no delayed expansion, and no block over several lines. Pure.
 */
import { type CommandPromptLine, cmd, commandFileLines } from '../../topic-kit/index.ts';

export const scriptName = 'RESCUE.CMD';
/** Beside the script, on the stick: all that it printed. RESCUE.NUM there holds the number of the pair that this stick renamed, and the serial number of its volume: letters change, and there may be two. */
export const logName = 'RESCUE.TXT';
/** Where Windows is looked for: X: is the recovery environment itself, A: and B: are floppies. */
export const letters = 'C D E F G H I J K L M N O P Q R S T U V W Y Z';

const lines = (text: TemplateStringsArray): CommandPromptLine[] =>
  (text.raw[0] ?? '')
    .trim()
    .split('\n')
    .map((line) => cmd(Object.assign([line], { raw: [line] })));

export const rescueScript = (): string[] => commandFileLines([...frame, ...find, ...look, ...rename, ...back, ...restore, ...remove, ...answers]);

/** What a command prints is shown, and kept on the stick. */
const frame = lines`
@echo off
rem Made by Wrenchbook for a Windows 11 that does not start.
rem RESCUE look, rename, back, restore or remove; a drive letter may follow.
setlocal EnableExtensions DisableDelayedExpansion
set "NEW=%TEMP%\RESCUE.NEW"
set "NOTE=%~dp0RESCUE.NUM"
call :work "%~1" "%~2" >"%NEW%" 2>&1
set "RESULT=%ERRORLEVEL%"
type "%NEW%"
type "%NEW%" >>"%~dp0RESCUE.TXT"
del "%NEW%"
exit /b %RESULT%
`;

/** X: is the recovery environment itself. In a Windows that runs, that one is meant unless a letter follows. A renamed hive counts too. */
const find = lines`
:work
echo == RESCUE %~1 %~2
set "WIN="
set "MANY="
set "ASKED=%~2"
if not defined ASKED if defined SystemDrive if /i not "%SystemDrive%"=="X:" if exist "%SystemDrive%\Windows\System32\config\SOFTWARE*" set "ASKED=%SystemDrive:~0,1%"
if not defined ASKED set "ASKED=C D E F G H I J K L M N O P Q R S T U V W Y Z"
for %%L in (%ASKED%) do if exist "%%L:\Windows\System32\config\SOFTWARE*" call :found %%L
if not defined WIN goto none
if defined MANY goto many
set "CONFIG=%WIN%\Windows\System32\config"
for %%C in (look rename back restore remove) do if /i "%~1"=="%%C" goto %%C
echo Say what to do: RESCUE look, rename, back, restore or remove
exit /b 1
:found
if defined WIN set "MANY=yes"
set "WIN=%~1:"
echo Windows is on %~1:
exit /b 0
`;

/** `:numbers` sets TOP, the highest that either has, PAIR, the highest that both have, and OWN, that of RESCUE.NUM where that is of this volume. `vol` ends with the serial number in every language. */
const look = lines`
:look
dir /b /a-d "%CONFIG%\SOFTWARE*" "%CONFIG%\SYSTEM*"
exit /b 0
:numbers
set "TOP=000"
set "PAIR="
set "OWN="
set "MINE="
set "OF="
set "SERIAL="
if exist "%NOTE%" for /f "usebackq tokens=1,2" %%A in ("%NOTE%") do set "MINE=%%A"& set "OF=%%B"
for /f "tokens=*" %%S in ('vol %WIN%') do set "SERIAL=%%S"
if defined SERIAL set "SERIAL=%SERIAL:~-9%"
if not defined SERIAL set "MINE="
if not "%OF%"=="%SERIAL%" set "MINE="
for %%A in (0 1 2 3 4 5 6 7 8 9) do for %%B in (0 1 2 3 4 5 6 7 8 9) do for %%C in (0 1 2 3 4 5 6 7 8 9) do call :number %%A%%B%%C
exit /b 0
:number
if exist "%CONFIG%\SOFTWARE.%1" set "TOP=%1"
if exist "%CONFIG%\SYSTEM.%1" set "TOP=%1"
if exist "%CONFIG%\SOFTWARE.%1" if exist "%CONFIG%\SYSTEM.%1" set "PAIR=%1"
if "%MINE%"=="%1" set "OWN=%1"
exit /b 0
`;

/** The number after the highest that either has: an earlier pair is never written over, and the newest one is the last. */
const rename = lines`
:rename
if /i "%WIN%"=="%SystemDrive%" goto runs
if not exist "%CONFIG%\SOFTWARE" goto gone
if not exist "%CONFIG%\SYSTEM" goto gone
call :numbers
if "%TOP%"=="999" goto full
set /a NEXT=1%TOP%-999
set "NEXT=00%NEXT%"
set "NEXT=%NEXT:~-3%"
if exist "%NOTE%" del "%NOTE%"
if exist "%NOTE%" goto failed
ren "%CONFIG%\SOFTWARE" SOFTWARE.%NEXT%
if not exist "%CONFIG%\SOFTWARE.%NEXT%" goto failed
ren "%CONFIG%\SYSTEM" SYSTEM.%NEXT%
if exist "%CONFIG%\SYSTEM.%NEXT%" goto renamed
ren "%CONFIG%\SOFTWARE.%NEXT%" SOFTWARE
goto failed
:renamed
echo %NEXT% %SERIAL% >"%NOTE%"
echo Renamed to SOFTWARE.%NEXT% and SYSTEM.%NEXT%
exit /b 0
`;

const back = lines`
:back
if /i "%WIN%"=="%SystemDrive%" goto runs
if exist "%CONFIG%\SOFTWARE" goto there
if exist "%CONFIG%\SYSTEM" goto there
call :numbers
if defined OWN if exist "%CONFIG%\SOFTWARE.%OWN%" if exist "%CONFIG%\SYSTEM.%OWN%" set "PAIR=%OWN%"
if not defined PAIR goto nopair
ren "%CONFIG%\SOFTWARE.%PAIR%" SOFTWARE
ren "%CONFIG%\SYSTEM.%PAIR%" SYSTEM
if not exist "%CONFIG%\SOFTWARE" goto failed
if not exist "%CONFIG%\SYSTEM" goto failed
if exist "%NOTE%" del "%NOTE%"
echo SOFTWARE.%PAIR% and SYSTEM.%PAIR% have their names again
goto look
`;

const restore = lines`
:restore
if /i "%WIN%"=="%SystemDrive%" goto runs
start /wait "" rstrui.exe /offline:%WIN%\Windows=active
goto look
`;

/** Only where Windows has new ones, and only what is left of the pair that this stick renamed: never an earlier one when it is repeated. */
const remove = lines`
:remove
if not exist "%CONFIG%\SOFTWARE" goto gone
if not exist "%CONFIG%\SYSTEM" goto gone
call :numbers
if not defined OWN goto notown
if not exist "%CONFIG%\SOFTWARE.%OWN%" if not exist "%CONFIG%\SYSTEM.%OWN%" goto notown
if exist "%CONFIG%\SOFTWARE.%OWN%" del "%CONFIG%\SOFTWARE.%OWN%"
if exist "%CONFIG%\SYSTEM.%OWN%" del "%CONFIG%\SYSTEM.%OWN%"
if exist "%CONFIG%\SOFTWARE.%OWN%" goto failed
if exist "%CONFIG%\SYSTEM.%OWN%" goto failed
del "%NOTE%"
echo Removed SOFTWARE.%OWN% and SYSTEM.%OWN%
goto look
`;

const answers = lines`
:none
echo No Windows was found on any letter
exit /b 2
:many
echo More than one Windows was found: say which, such as RESCUE look D
exit /b 3
:runs
echo This Windows is running: do this in the recovery environment
exit /b 4
:gone
echo SOFTWARE or SYSTEM is not there: nothing was changed
exit /b 5
:there
echo SOFTWARE or SYSTEM is there: nothing was changed
exit /b 6
:nopair
echo No renamed pair is there: nothing was changed
exit /b 7
:notown
echo No renamed pair of this stick is there: nothing was changed
exit /b 7
:full
echo Number 999 is taken: nothing was changed
exit /b 8
:failed
echo A file did not take its new name or did not go away: read the lines above
exit /b 9
`;
