// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor.Slice;

/** The fields of one TensorProto while they are gathered, in whatever order they come. */
final class TensorFields {
  private final HeapBudget budget;

  final List<Long> dims = new ArrayList<>(4);
  long type;
  String name = "";
  long strings;
  Optional<Slice> raw = Optional.empty();
  Optional<TypedNumbers> typed = Optional.empty();
  Map<String, String> external = Map.of();
  boolean isExternal;

  TensorFields(HeapBudget budget) {
    this.budget = budget;
  }

  void addDim(long dim) throws ConversionException {
    budget.charge(HeapBudget.OBJECT);
    dims.add(dim);
  }

  /** The numbers of that field. Those of another field stay counted as a second source. */
  TypedNumbers typed(int field) {
    if (typed.isEmpty()) {
      typed = Optional.of(new TypedNumbers(field, budget));
    } else if (typed.get().field() != field) {
      typed.get().addForeign();
    }
    return typed.get();
  }

  /** In how many places the data is. */
  int sources() {
    int foreign = typed.map(TypedNumbers::hasForeign).orElse(false) ? 1 : 0;
    return (raw.isPresent() ? 1 : 0) + (typed.isPresent() ? 1 : 0) + (isExternal ? 1 : 0) + foreign;
  }
}
