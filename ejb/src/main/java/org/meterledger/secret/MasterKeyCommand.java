package org.meterledger.secret;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meterledger.access.CurrentCaller;
import org.meterledger.audit.Audit;
import org.meterledger.meter.MasterKeys;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.secret.StoredSecrets.Unreadable;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.OutsideServer;

/**
 * Beside the nodes, with their settings: {@code rotate-master-key} re-encrypts all secrets under
 * the first master key, {@code master-keys} only tells how many are under which. Nodes go on
 * meanwhile, and so do others that rotate; it may be broken off and begun again at any time.
 */
public final class MasterKeyCommand {

  static final String ROTATE = "rotate-master-key";
  static final String TELL = "master-keys";

  private final StoredSecrets stored;
  private final MasterKeys keys;
  private final PrintStream out;

  MasterKeyCommand(StoredSecrets stored, MasterKeys keys, PrintStream out) {
    this.stored = stored;
    this.keys = keys;
    this.out = out;
  }

  /** Exit code 0: all is as asked for; 1: it is not, and why was printed. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.getenv(), System.out, System.err));
  }

  static int run(
      String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      var keys = MasterKeys.of(environment);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException(MasterKeys.VARIABLE + " is not set");
      }
      var server = new OutsideServer(environment);
      var stored =
          new StoredSecrets(
              server.database(),
              MeterSecrets.under(keys),
              new Audit(server.database(), new CurrentCaller(), server.clock()));
      var command = new MasterKeyCommand(stored, keys, out);
      switch (arguments.length == 1 ? arguments[0] : "") {
        case ROTATE:
          return command.rotate() ? 0 : 1;
        case TELL:
          command.tell();
          return 0;
        default:
          throw new IllegalArgumentException("say " + ROTATE + " or " + TELL);
      }
    } catch (IllegalArgumentException e) {
      err.println("meterledger: " + e.getMessage());
      return 1;
    } catch (DatabaseException e) {
      err.println("meterledger: " + e.getCause().getMessage());
      return 1;
    }
  }

  /** Whether all secrets are under the first key now. */
  boolean rotate() {
    tell();
    var unreadable = new ArrayList<Unreadable>();
    for (var column : SecretColumn.values()) {
      var ofColumn = new ArrayList<Unreadable>();
      long before = others(column);
      long done = reencrypt(column, before, 0, false, new ArrayList<>());
      reencrypt(column, before, done, true, ofColumn);
      if (!ofColumn.isEmpty()) {
        stored.failed(column);
      }
      unreadable.addAll(ofColumn);
    }
    unreadable.forEach(
        each -> out.println(each.column() + ", id " + each.id() + ": " + each.reason()));
    tell();
    return List.of(SecretColumn.values()).stream().allMatch(column -> others(column) == 0);
  }

  /** From the lowest id to the highest; how many are done by then. */
  private long reencrypt(
      SecretColumn column, long before, long done, boolean waiting, List<Unreadable> unreadable) {
    var batch = stored.reencrypt(column, Integer.MIN_VALUE, waiting);
    while (batch.last() != null) {
      unreadable.addAll(batch.unreadable());
      done += batch.reencrypted();
      if (batch.reencrypted() > 0) {
        out.println(
            column + ": " + done + " re-encrypted, " + Math.max(0, before - done) + " left");
      }
      batch = stored.reencrypt(column, batch.last(), waiting);
    }
    return done;
  }

  private long others(SecretColumn column) {
    return stored.counts(column).entrySet().stream()
        .filter(each -> each.getKey() != keys.current())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many secrets are under which key, and which keys are not needed any more. */
  void tell() {
    var needed = new TreeSet<Integer>();
    for (var column : SecretColumn.values()) {
      var counts = new TreeMap<>(stored.counts(column));
      needed.addAll(counts.keySet());
      out.println(
          column
              + ": "
              + (counts.isEmpty()
                  ? "none"
                  : counts.entrySet().stream()
                      .map(each -> each.getValue() + " under key " + each.getKey())
                      .collect(Collectors.joining(", "))));
    }
    for (int id : keys.ids()) {
      if (id == keys.current()) {
        out.println("Key " + id + " encrypts.");
      } else if (!needed.contains(id)) {
        out.println("Nothing is under key " + id + ": it can go once no node encrypts by it.");
      }
    }
    needed.stream()
        .filter(id -> !keys.ids().contains(id))
        .forEach(id -> out.println("Key " + id + " is needed and is not here."));
  }
}
