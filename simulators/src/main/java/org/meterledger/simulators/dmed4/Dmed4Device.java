package org.meterledger.simulators.dmed4;

import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.meterledger.simulators.Certificate;
import org.meterledger.simulators.FaultQueue;
import org.meterledger.simulators.Traffic;

/**
 * What is on the wire: a meter or a remote display. Its faults, what was seen of those who ask, and
 * whether it is booting. Safe for several threads.
 */
public abstract class Dmed4Device {
  /** The most connections that Modbus TCP takes at once; one more is closed at once. */
  public static final int MODBUS_TCP_CONNECTIONS = 2;

  private final InstantSource clock;
  private final FaultQueue<Fault> faults = new FaultQueue<>();
  private final Traffic traffic = new Traffic();
  private final Map<Channel, Transport> connections = new HashMap<>();
  private volatile Duration latency = Duration.ZERO;
  private volatile Duration lateness = Duration.ofSeconds(2);
  private Duration rebootTime = Duration.ofSeconds(3);
  private Instant offUntil = Instant.MIN;
  private int boots;
  private int refusedConnections;
  private Certificate certificate;
  private Random disturbance;
  private int disturbedPermille;
  private Fault[] disturbances = {};

  Dmed4Device(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock);
  }

  /** Whom a request by Modbus reaches; nobody when it is not for this device. */
  abstract Optional<ModbusUnit> unit(int node, Transport transport);

  /** Answers a request by REST. */
  abstract RestAnswer answer(RestRequest request);

  /** What booting does to the state. */
  abstract void boot(Instant now);

  /** A name for the certificate. */
  abstract String name();

  Instant now() {
    return clock.instant();
  }

  /**
   * Faults to be shown. In REST the path is that of the request; in Modbus it is {@code
   * /modbus/04/0002} with function and first register as the manual counts it, in hex, or {@code
   * /modbus/11}.
   */
  public final FaultQueue<Fault> faults() {
    return faults;
  }

  /** What reached the device by all transports, under the paths of {@link #faults()}. */
  public final Traffic traffic() {
    return traffic;
  }

  /** Delay of every answer. */
  public final void setLatency(Duration delay) {
    latency = Objects.requireNonNull(delay);
  }

  final Duration latency() {
    return latency;
  }

  /** How much later than the others a late answer comes. */
  public final void setLateness(Duration delay) {
    lateness = Objects.requireNonNull(delay);
  }

  /**
   * Has requests show faults by chance from now on, each as likely.
   *
   * @param permille how many of a thousand requests, 0 for none
   * @param seed the same seed spoils the same requests
   * @param shown faults that the transport cannot show are not shown on it
   */
  public final synchronized void disturb(int permille, long seed, Fault... shown) {
    disturbance = new Random(seed);
    disturbedPermille = permille;
    disturbances = shown.clone();
  }

  /** The fault that a request has to show, and how late its answer comes. */
  final Trouble trouble(String path, Transport transport) {
    Optional<Fault> fault = faults.take(path, each -> each.concerns(transport));
    Duration late = lateness;
    synchronized (this) {
      if (fault.isEmpty()
          && disturbedPermille > 0
          && disturbance.nextInt(1000) < disturbedPermille) {
        fault =
            Optional.of(disturbances[disturbance.nextInt(disturbances.length)])
                .filter(each -> each.concerns(transport));
        late = Duration.ofNanos((long) (disturbance.nextDouble() * lateness.toNanos()));
      }
    }
    return new Trouble(fault, late);
  }

  record Trouble(Optional<Fault> fault, Duration lateness) {}

  /** How long a boot takes by the device's clock; 3 s unless set. */
  public final synchronized void setRebootTime(Duration time) {
    rebootTime = Objects.requireNonNull(time);
  }

  /**
   * Boots: connections to the device end, and for a while there are no answers. Serial servers keep
   * theirs, for they are boxes of their own.
   */
  public final void reboot() {
    Instant now = now();
    boot(now);
    Set<Channel> ended;
    synchronized (this) {
      boots++;
      offUntil = now.plus(rebootTime);
      ended = new HashSet<>();
      connections.forEach(
          (connection, transport) -> {
            if (!isBehindSerialServer(transport)) {
              ended.add(connection);
            }
          });
    }
    ended.forEach(Channel::close);
  }

  static boolean isBehindSerialServer(Transport transport) {
    return transport == Transport.MODBUS_RTU || transport == Transport.MODBUS_ASCII;
  }

  /** Whether it is booting. */
  public final synchronized boolean isOff() {
    return now().isBefore(offUntil);
  }

  /** How often it has booted. */
  public final synchronized int boots() {
    return boots;
  }

  /** Takes a connection unless there are too many. */
  final boolean connected(Channel connection, Transport transport) {
    synchronized (this) {
      boolean full =
          transport == Transport.MODBUS_TCP && connections(transport) == MODBUS_TCP_CONNECTIONS;
      boolean off = isOff() && !isBehindSerialServer(transport);
      if (full) {
        refusedConnections++;
      }
      if (full || off) {
        return false;
      }
      connections.put(connection, transport);
    }
    traffic.connected();
    return true;
  }

  final void disconnected(Channel connection) {
    boolean known;
    synchronized (this) {
      known = connections.remove(connection) != null;
    }
    if (known) {
      traffic.disconnected();
    }
  }

  /** Connections that are open on a transport. */
  public final synchronized int connections(Transport transport) {
    return (int) connections.values().stream().filter(each -> each == transport).count();
  }

  /** How many connections of Modbus TCP were closed because there were two already. */
  public final synchronized int refusedConnections() {
    return refusedConnections;
  }

  /** Closes all connections. */
  public final void dropConnections() {
    Set<Channel> ended;
    synchronized (this) {
      ended = Set.copyOf(connections.keySet());
    }
    ended.forEach(Channel::close);
  }

  /** The certificate of {@link Transport#REST_TLS}, made when it is first wanted. */
  public final synchronized Certificate certificate() {
    if (certificate == null) {
      certificate =
          Certificate.selfIssued(
              name(), "Lovato Electric (simulated)", List.of("TLSv1.2", "TLSv1.3"));
    }
    return certificate;
  }
}
