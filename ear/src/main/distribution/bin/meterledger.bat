@echo off
rem Starts Meterledger in the foreground; the README lists the METERLEDGER_ variables.
setlocal
set "HOME_DIR=%~dp0.."
set "SERVER=%HOME_DIR%\server"
set "BASE=%SERVER%\standalone"
set "JAVA=java"
if not "%JAVA_HOME%"=="" set "JAVA=%JAVA_HOME%\bin\java"

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
