@echo off
rem Starts Meterledger in the foreground; the README lists the METERLEDGER_ variables.
rem With rotate-master-key, master-keys or verify-audit it only does that, beside servers that may be running.
setlocal
set "HOME_DIR=%~dp0.."
set "SERVER=%HOME_DIR%\server"
set "BASE=%SERVER%\standalone"
set "JAVA=java"
if not "%JAVA_HOME%"=="" set "JAVA=%JAVA_HOME%\bin\java"

if "%~1"=="" goto start
set "COMMAND=org.meterledger.secret.MasterKeyCommand"
if "%~1"=="rotate-master-key" goto command
if "%~1"=="master-keys" goto command
set "COMMAND=org.meterledger.audit.AuditCommand"
if "%~1"=="verify-audit" goto command
echo meterledger: there is no %~1; rotate-master-key, master-keys, verify-audit, or nothing to start 1>&2
exit /b 1

:command
"%JAVA%" -jar "%SERVER%\jboss-modules.jar" -mp "%SERVER%\modules" ^
  -dep org.postgresql.jdbc,jakarta.enterprise.api,jakarta.ejb.api,jakarta.json.bind.api,org.eclipse.yasson ^
  -cp "%HOME_DIR%\lib\meterledger-ejb.jar" %COMMAND% %~1
exit /b %errorlevel%

:start
"%JAVA%" -cp "%HOME_DIR%\lib\*;%SERVER%\modules\org\postgresql\jdbc\main\*" org.meterledger.launcher.Preflight
if errorlevel 1 exit /b 1

set "NODE="
if not "%METERLEDGER_NODE_NAME%"=="" set "NODE=-Djboss.node.name=%METERLEDGER_NODE_NAME%"

"%JAVA%" "@%HOME_DIR%\bin\java.options" %METERLEDGER_JAVA_OPTS% %NODE% ^
  "-Djboss.home.dir=%SERVER%" ^
  "-Djboss.server.base.dir=%BASE%" ^
  "-Dorg.jboss.boot.log.file=%BASE%\log\server.log" ^
  "-Dlogging.configuration=file:%BASE%\configuration\logging.properties" ^
  -jar "%SERVER%\jboss-modules.jar" -mp "%SERVER%\modules" org.jboss.as.standalone
