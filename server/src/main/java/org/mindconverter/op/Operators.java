// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** The operators that are mapped: one line per family. */
public final class Operators {
  private Operators() {}

  /** The catalog of all of them. */
  public static OperatorCatalog all() {
    OperatorCatalog.Builder ops = new OperatorCatalog.Builder();
    Accumulations.register(ops);
    Activations.register(ops);
    Attention.register(ops);
    AveragePooling.register(ops);
    BinaryMath.register(ops);
    BitCast.register(ops);
    BitOperations.register(ops);
    Bounds.register(ops);
    Branching.register(ops);
    Casts.register(ops);
    Categories.register(ops);
    CausalConvolution.register(ops);
    Concat.register(ops);
    ConvTranspose.register(ops);
    Convolutions.register(ops);
    Determinant.register(ops);
    DotProductAttention.register(ops);
    Einsum.register(ops);
    ElementNormalizations.register(ops);
    Extremes.register(ops);
    FeatureArrays.register(ops);
    Fourier.register(ops);
    Gather.register(ops);
    GridSample.register(ops);
    Indexing.register(ops);
    IntegerConvolutions.register(ops);
    IntegerProducts.register(ops);
    LayerNormalizations.register(ops);
    LinearAlgebra.register(ops);
    LinearAttention.register(ops);
    Looping.register(ops);
    Losses.register(ops);
    Masks.register(ops);
    MelFilters.register(ops);
    Normalizations.register(ops);
    Optionals.register(ops);
    Pad.register(ops);
    Pooling.register(ops);
    Quantization.register(ops);
    Randoms.register(ops);
    Range.register(ops);
    Ranking.register(ops);
    Recurrent.register(ops);
    RecurrentModule.register(ops);
    Reductions.register(ops);
    Relations.register(ops);
    Repeating.register(ops);
    Reshape.register(ops);
    Reshaping.register(ops);
    Resize.register(ops);
    RoiAlign.register(ops);
    RotaryEmbedding.register(ops);
    Scanning.register(ops);
    Scatters.register(ops);
    SequenceMap.register(ops);
    SequenceSplitting.register(ops);
    Sequences.register(ops);
    Shapes.register(ops);
    ShortTimeFourier.register(ops);
    SignalWindows.register(ops);
    Slice.register(ops);
    Softmaxes.register(ops);
    Split.register(ops);
    StochasticDepth.register(ops);
    Suppression.register(ops);
    TensorScatter.register(ops);
    Transposing.register(ops);
    UnaryMath.register(ops);
    UniqueElements.register(ops);
    WeightRead.register(ops);
    return ops.build();
  }
}
