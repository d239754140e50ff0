package org.meterledger.driver.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Collects a body up to a size, and keeps what came before a cut: the ready-made subscribers lose
 * that together with the answer's head.
 */
final class ReceivedBody implements BodyHandler<Void>, BodySubscriber<Void> {

  private final int largest;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Subscription subscription;
  private ResponseInfo head;
  private boolean tooLarge;
  private boolean closed;

  ReceivedBody(int largest) {
    this.largest = largest;
  }

  @Override
  public synchronized BodySubscriber<Void> apply(ResponseInfo responseInfo) {
    head = responseInfo;
    return this;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return ended;
  }

  @Override
  public synchronized void onSubscribe(Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (closed) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      var part = new byte[buffer.remaining()];
      buffer.get(part);
      if (bytes.size() + part.length > largest) {
        tooLarge = true;
        close();
        return;
      }
      bytes.writeBytes(part);
    }
    subscription.request(1);
  }

  @Override
  public void onError(Throwable throwable) {
    ended.completeExceptionally(throwable);
  }

  @Override
  public void onComplete() {
    ended.complete(null);
  }

  /** Takes nothing more; the client closes the connection on a cancelled subscription. */
  synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
    ended.complete(null);
  }

  /** Null until the head of the answer has come. */
  synchronized ResponseInfo head() {
    return head;
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  synchronized int size() {
    return bytes.size();
  }

  synchronized boolean tooLarge() {
    return tooLarge;
  }
}
