package org.meterledger.simulators.g13;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.stream.ChunkedInput;
import java.util.Iterator;

/** A body that is made while it is sent, as fast as the other side takes it. */
final class Pieces implements ChunkedInput<ByteBuf> {
  private final Iterator<String> pieces;
  private long sent;

  Pieces(Iterator<String> pieces) {
    this.pieces = pieces;
  }

  @Override
  public boolean isEndOfInput() {
    return !pieces.hasNext();
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  @Override
  @Deprecated
  public ByteBuf readChunk(ChannelHandlerContext context) {
    return readChunk(context.alloc());
  }

  @Override
  public ByteBuf readChunk(ByteBufAllocator allocator) {
    if (!pieces.hasNext()) {
      return null;
    }
    ByteBuf piece = ByteBufUtil.writeUtf8(allocator, pieces.next());
    sent += piece.readableBytes();
    return piece;
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public long progress() {
    return sent;
  }
}
