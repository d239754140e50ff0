#!/bin/sh
# Starts Meterledger in the foreground; the README lists the METERLEDGER_ variables.
# With rotate-master-key or master-keys it only does that, beside servers that may be running.
home=$(cd "$(dirname "$0")/.." && pwd -P) || exit 1
server=$home/server
base=$server/standalone
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
modules=org.postgresql.jdbc,jakarta.enterprise.api,jakarta.ejb.api,jakarta.json.bind.api,org.eclipse.yasson

# fails now, and not as one of three complaints later
"$java" -version >/dev/null 2>&1 || {
  echo "meterledger: no Java found; set JAVA_HOME to Java 17 or later" >&2
  exit 1
}

case $1 in
  "") command= ;;
  rotate-master-key | master-keys) command=org.meterledger.secret.MasterKeyCommand ;;
  verify-audit) command=org.meterledger.audit.AuditCommand ;;
  *)
    echo "meterledger: there is no $1; rotate-master-key, master-keys, verify-audit, or nothing to start" >&2
    exit 1
    ;;
esac

if [ -n "$command" ]; then
  exec "$java" -jar "$server/jboss-modules.jar" -mp "$server/modules" \
    -dep "$modules" -cp "$home/lib/meterledger-ejb.jar" "$command" "$1"
fi

"$java" -cp "$home/lib/*:$server/modules/org/postgresql/jdbc/main/*" \
  org.meterledger.launcher.Preflight || exit $?

if [ -n "$METERLEDGER_NODE_NAME" ]; then
  set -- "-Djboss.node.name=$METERLEDGER_NODE_NAME"
else
  set --
fi

# exec: a signal to this process must reach the server. The options are meant to be split.
# shellcheck disable=SC2086
exec "$java" "@$home/bin/java.options" $METERLEDGER_JAVA_OPTS "$@" \
  "-Djboss.home.dir=$server" \
  "-Djboss.server.base.dir=$base" \
  "-Dorg.jboss.boot.log.file=$base/log/server.log" \
  "-Dlogging.configuration=file:$base/configuration/logging.properties" \
  -jar "$server/jboss-modules.jar" -mp "$server/modules" org.jboss.as.standalone
