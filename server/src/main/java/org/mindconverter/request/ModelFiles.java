// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.request;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A stored upload: the model and the tensor data outside of it.
 *
 * @param model where the model's bytes are
 * @param modelName the name that its owner knows the file by, for messages
 * @param external stored files by the key that the model refers to them by; keys are never used as
 *     paths
 * @param quota what else may be kept in the upload's folder
 */
public record ModelFiles(Path model, String modelName, Map<String, Path> external, Quota quota) {
  public ModelFiles {
    Objects.requireNonNull(model);
    Objects.requireNonNull(modelName);
    external = Map.copyOf(external);
    Objects.requireNonNull(quota);
  }

  /** Files beside which only the disk limits what is kept. */
  public ModelFiles(Path model, String modelName, Map<String, Path> external) {
    this(model, modelName, external, Quota.UNLIMITED);
  }

  /** The private folder of the call, where it may keep scratch files. */
  public Path folder() {
    return model.toAbsolutePath().getParent();
  }
}
