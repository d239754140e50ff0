package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Load profiles (N73 to N76). */
final class LoadProfileResources {
  private static final String PROFILES = "/meters/{serial}/loadprofiles";
  private static final String CHANNEL = PROFILES + "/{channel}";
  private static final String CONFIGURATION = PROFILES + "/configuration";
  private static final int CHANNELS = 8;
  private static final int MOST_ITEMS = 40_000;
  private static final int ITEMS_OF_A_PIECE = 200;
  private static final List<Integer> INTERVALS =
      List.of(60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400);

  private LoadProfileResources() {}

  static void addTo(Router router) {
    router.add(74, "GET", CONFIGURATION, VIEW, LoadProfileResources::configuration);
    router.add(75, "POST", CONFIGURATION, CONFIGURE, LoadProfileResources::configure);
    router.add(76, "DELETE", PROFILES, CONFIGURE, LoadProfileResources::clear);
    router.add(76, "DELETE", CHANNEL, CONFIGURE, LoadProfileResources::clear);
    Range.addTo(router, 73, CHANNEL, LoadProfileResources::items);
  }

  private static Answer items(Call call) {
    call.needs(Level.Function.LOAD_PROFILES);
    int channel = call.number("channel", 1, CHANNELS);
    Range range = Range.of(call, Integer.MAX_VALUE);
    LoadProfile profile = call.meter().held(channel - 1, call.now());
    Quantity quantity = call.meter().channels.get(channel - 1).quantity();
    return Answer.streamed(
        new Items(
            call.meter(),
            quantity,
            profile,
            profile.between(range.from(), range.to(), range.count()).iterator()));
  }

  /** Some items at a time, so that tens of thousands never stand in memory together. */
  private static final class Items implements Iterator<String> {
    private final G13Meter meter;
    private final Quantity quantity;
    private final LoadProfile profile;
    private final Iterator<Integer> numbers;
    private boolean begun;
    private boolean ended;

    Items(G13Meter meter, Quantity quantity, LoadProfile profile, Iterator<Integer> numbers) {
      this.meter = meter;
      this.quantity = quantity;
      this.profile = profile;
      this.numbers = numbers;
    }

    @Override
    public boolean hasNext() {
      return !ended;
    }

    @Override
    public String next() {
      if (ended) {
        throw new NoSuchElementException();
      }
      StringBuilder piece = new StringBuilder(ITEMS_OF_A_PIECE * 80);
      boolean first = !begun;
      if (first) {
        piece.append("{\"mapping\":[[\"").append(quantity.mappingName()).append("\",\"");
        piece.append(quantity.unit()).append("\"]],\"items\":[");
        begun = true;
      }
      synchronized (meter) {
        for (int count = 0; count < ITEMS_OF_A_PIECE && numbers.hasNext(); count++) {
          piece.append(first && count == 0 ? "" : ",");
          append(piece, profile.item(numbers.next()));
        }
      }
      if (!numbers.hasNext()) {
        piece.append("]}");
        ended = true;
      }
      return piece.toString();
    }

    private static void append(StringBuilder piece, LoadProfileItem item) {
      piece.append("{\"status\":").append(item.status());
      piece.append(",\"timestamp\":\"").append(Json.time(item.timestamp()));
      piece.append("\",\"value\":\"").append(item.value().toPlainString()).append("\"}");
    }
  }

  private static Answer configuration(Call call) {
    call.needs(Level.Function.LOAD_PROFILES);
    return Answer.json(
        "lpconfig",
        call.meter().channels.stream()
            .map(set -> List.of(set.interval(), set.quantity().id(), set.capacity()))
            .toList());
  }

  private static Answer configure(Call call) {
    call.needs(Level.Function.LOAD_PROFILES);
    G13Meter meter = call.meter();
    List<LoadProfile.Channel> changed = new ArrayList<>();
    for (JsonValue each : call.payload().list("lpconfig", CHANNELS)) {
      changed.add(channel(each, call));
    }
    int items = changed.stream().mapToInt(LoadProfile.Channel::capacity).sum();
    if (changed.size() != CHANNELS || items > MOST_ITEMS) {
      throw Refused.invalid();
    }
    Call.Update update = call.update();
    for (int place = 0; place < CHANNELS; place++) {
      int channel = place;
      update.then(
          "channel " + (channel + 1),
          () -> {
            // A channel that stays as it is keeps what it holds.
            if (!meter.channels.get(channel).isSetUpAs(changed.get(channel))) {
              meter.channels.set(channel, changed.get(channel));
            }
          });
    }
    return update.run();
  }

  private static LoadProfile.Channel channel(JsonValue triple, Call call) {
    List<Integer> set = Payload.integers(triple, 3, 0, MOST_ITEMS * 3);
    if (!INTERVALS.contains(set.get(0)) || set.get(2) > MOST_ITEMS) {
      throw Refused.invalid();
    }
    Quantity quantity =
        Storable.quantity(set.get(1), Storable.LOAD_PROFILES::contains, call.meter().label);
    return new LoadProfile.Channel(set.get(0), quantity, set.get(2), call.now());
  }

  private static Answer clear(Call call) {
    call.needs(Level.Function.LOAD_PROFILES);
    G13Meter meter = call.meter();
    boolean all = call.argument("channel") == null;
    int from = all ? 0 : call.number("channel", 1, CHANNELS) - 1;
    int to = all ? CHANNELS : from + 1;
    return call.update(
        () -> {
          for (int channel = from; channel < to; channel++) {
            LoadProfile.Channel old = meter.channels.get(channel);
            meter.channels.set(
                channel,
                new LoadProfile.Channel(
                    old.interval(), old.quantity(), old.capacity(), call.now()));
          }
        });
  }
}
