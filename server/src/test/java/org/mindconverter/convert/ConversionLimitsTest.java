// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.request.Quota;
import org.mindconverter.testing.Discarding;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxTensor;

final class ConversionLimitsTest {
  private static final long WEIGHT_BYTES = 30 * 40 * 4;

  @TempDir private Path folder;

  @Test
  void refusesAWeightThatHasNoRoomToBeRearrangedIn() throws Exception {
    assertThat(convert(new Counting(WEIGHT_BYTES)).weights()).isEqualTo(1);
    ConversionException failure =
        catchThrowableOfType(
            ConversionException.class, () -> convert(new Counting(WEIGHT_BYTES - 1)));
    assertThat(failure.code()).isEqualTo(ErrorCode.SPOOL_FULL);
    assertThat(failure.remedy()).contains("--spool-limit");
  }

  private ConversionSummary convert(Quota quota) throws Exception {
    ModelFiles files = rearranged().files(folder);
    Conversion conversion = new Conversion("1.2.3", ReaderLimits.forHeap(1 << 30));
    return conversion.convert(
        new ModelFiles(files.model(), files.modelName(), Map.of(), quota),
        ConversionOptions.of(ModelFormat.ONNX, "rearranged"),
        new Discarding());
  }

  /**
   * A weight that is turned, reshaped, and turned again for its cell: no view of it is like that.
   */
  private static OnnxBytes rearranged() {
    return OnnxBytes.model()
        .input("x", FLOAT32, 2, 20)
        .initializer(OnnxTensor.floats("w", dims(30, 40), new float[30 * 40]))
        .initializer(OnnxTensor.longs("shape", dims(2), 20, 60))
        .node("Transpose", "w -> a", OnnxAttr.ints("perm", 1, 0))
        .node("Reshape", "a, shape -> b")
        .node("MatMul", "x, b -> y")
        .output("y", FLOAT32, 2, 60);
  }

  private static final class Counting implements Quota {
    private long left;

    Counting(long left) {
      this.left = left;
    }

    @Override
    public boolean take(long bytes) {
      boolean fits = bytes <= left;
      left -= fits ? bytes : 0;
      return fits;
    }

    @Override
    public void giveBack(long bytes) {
      left += bytes;
    }
  }
}
