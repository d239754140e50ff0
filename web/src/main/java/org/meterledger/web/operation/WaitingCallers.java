package org.meterledger.web.operation;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meterledger.notice.Notice;
import org.meterledger.operation.OperationList;

/** Callers that hold the line until an operation has ended. None of them keeps a thread. */
@ApplicationScoped
public class WaitingCallers {

  private final Map<AsyncResponse, Long> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();

  @Inject private OperationList list;
  @Resource private ManagedExecutorService executor;

  /** Answers when the operation has ended, or with how it stands when the time is over. */
  void hold(long id, Duration atMost, AsyncResponse caller) {
    caller.setTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
    caller.setTimeoutHandler(
        late -> {
          waiting.remove(late);
          late.resume(view(id).orElseThrow());
        });
    waiting.put(caller, id);
    look(caller, id); // it may have ended a moment before
  }

  void onNotice(@Observes Notice notice) {
    if (notice.concerns("operations", "")
        && !waiting.isEmpty()
        && looking.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            looking.set(false);
            waiting.forEach(this::look);
          });
    }
  }

  private void look(AsyncResponse caller, long id) {
    view(id)
        .filter(view -> view.state().ended())
        .ifPresent(
            view -> {
              if (waiting.remove(caller) != null) {
                caller.resume(view);
              }
            });
  }

  private Optional<OperationView> view(long id) {
    return list.find(id).map(OperationView::of);
  }
}
