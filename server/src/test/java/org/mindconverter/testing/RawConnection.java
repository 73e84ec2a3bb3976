// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 connection that sends what no well-behaved client does. */
public final class RawConnection implements AutoCloseable {
  public static final int GOAWAY = 7;
  public static final int ENHANCE_YOUR_CALM = 0xb;

  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;
  private static final int CANCEL = 8;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;

  /**
   * A frame that the server sent.
   *
   * @param error of a GOAWAY frame; else 0
   */
  public record Frame(int type, int error) {}

  /** A connection that has said no more than that it speaks HTTP/2. */
  public RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    send(SETTINGS, 0, 0);
  }

  /** Opens the stream of an odd number with a call of that method, and resets it. */
  public void openAndReset(int stream, String method) throws IOException {
    send(HEADERS, END_HEADERS, stream, headers(method));
    send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL});
  }

  /** Reads the next frame. */
  public Frame read() throws IOException {
    int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
    int type = in.readUnsignedByte();
    in.skipNBytes(5);
    byte[] payload = in.readNBytes(length);
    return new Frame(type, type == GOAWAY ? payload[7] : 0);
  }

  private void send(int type, int flags, int stream, byte... payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(frame);
    fields.writeByte(payload.length >> 16);
    fields.writeShort(payload.length);
    fields.writeByte(type);
    fields.writeByte(flags);
    fields.writeInt(stream);
    fields.write(payload);
    out.write(frame.toByteArray());
  }

  /** A header block without compression: indexed fields, and literals that enter no table. */
  private static byte[] headers(String method) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x83); // :method: POST
    block.write(0x86); // :scheme: http
    block.write(0x04); // :path
    text(block, method);
    block.write(0x01); // :authority
    text(block, "localhost");
    block.write(0x0f); // content-type
    block.write(0x10);
    text(block, "application/grpc");
    block.write(0x00);
    text(block, "te");
    text(block, "trailers");
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
