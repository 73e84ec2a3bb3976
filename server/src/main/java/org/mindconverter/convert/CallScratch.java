// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.nio.file.Path;
import org.mindconverter.emit.checkpoint.ScratchSpace;
import org.mindconverter.request.ModelFiles;

/** Puts weights aside beside the upload, on its account. */
record CallScratch(ModelFiles files) implements ScratchSpace {
  @Override
  public Path folder() {
    return files.folder();
  }

  @Override
  public boolean take(long bytes) {
    return files.quota().take(bytes);
  }

  @Override
  public void giveBack(long bytes) {
    files.quota().giveBack(bytes);
  }
}
