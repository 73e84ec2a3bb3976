// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.OutputStream;

/** Puts a parameter's content into as many values as it needs. */
final class SlicedContent extends OutputStream {
  private final EntryEncoding encoding;
  private final long sliceBytes;
  private final OutputStream out;

  /** Bytes of content that no prefix has announced. */
  private long unannounced;

  /** Bytes of content that the open value still lacks. */
  private long missing;

  private SlicedContent(
      EntryEncoding encoding, long sliceBytes, long unannounced, OutputStream out) {
    this.encoding = encoding;
    this.sliceBytes = sliceBytes;
    this.unannounced = unannounced;
    this.out = out;
  }

  static SlicedContent open(EntryEncoding encoding, long sliceBytes, long length, OutputStream out)
      throws IOException {
    SlicedContent content = new SlicedContent(encoding, sliceBytes, length, out);
    content.openValue();
    return content;
  }

  private void openValue() throws IOException {
    missing = Math.min(unannounced, sliceBytes);
    unannounced -= missing;
    out.write(encoding.prefix(missing));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (missing == 0) {
        requireMore();
        openValue();
      }
      int part = (int) Math.min(length - done, missing);
      out.write(bytes, offset + done, part);
      done += part;
      missing -= part;
    }
  }

  private void requireMore() {
    if (unannounced == 0) {
      throw new IllegalStateException("a weight has more bytes than its shape says");
    }
  }

  /** All content has come. Leaves the target open: the next parameter goes there, too. */
  @Override
  public void close() {
    if (missing != 0 || unannounced != 0) {
      throw new IllegalStateException("a weight has fewer bytes than its shape says");
    }
  }
}
