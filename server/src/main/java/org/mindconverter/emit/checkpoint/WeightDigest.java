// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mindconverter.ir.WeightExpression;

/** Digests by which a weight is known again, whatever its name has become. For one thread. */
public final class WeightDigest {
  private final WeightBytes weights;

  /** Takes none yet; the space is for weights that need a temporary file. */
  public WeightDigest(ScratchSpace space) {
    this.weights = new WeightBytes(space);
  }

  /**
   * Lower-case hex SHA-256 of a weight's little-endian, row-major bytes.
   *
   * @throws IOException as {@link WeightBytes#write} says
   */
  public String sha256(WeightExpression weight) throws IOException {
    MessageDigest digest = sha256();
    weights.write(weight, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
