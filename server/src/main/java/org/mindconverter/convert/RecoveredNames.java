// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.emit.checkpoint.WeightDigest;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.SourceWeight;

/**
 * What the caller's weights are called in a model that was exported without them at hand: an
 * exporter may have made up names, turned matrices, or changed values. Weights are known again by
 * their bytes.
 */
final class RecoveredNames {
  private static final List<Integer> TURN = List.of(1, 0);

  private final WeightDigest digests;
  private final Map<String, List<SourceWeight>> byDigest = new HashMap<>();
  private final Map<String, SourceWeight> byName = new HashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Match> found = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<String> changed = new HashSet<>();

  private RecoveredNames(ConversionOptions options, WeightDigest digests) {
    this.digests = digests;
    for (SourceWeight weight : options.sourceWeights()) {
      if (weight.role() == SourceWeight.Role.UNKNOWN && !weight.sha256().isEmpty()) {
        byName.put(weight.name(), weight);
        byDigest.computeIfAbsent(weight.sha256(), d -> new ArrayList<>()).add(weight);
      }
    }
  }

  /**
   * Looks for the weights whose use the caller does not know: the others have their names.
   *
   * @throws IOException the model's tensors cannot be read
   */
  static RecoveredNames of(Graph model, ConversionOptions options, WeightDigest digests)
      throws IOException, ConversionException {
    RecoveredNames names = new RecoveredNames(options, digests);
    if (!names.byName.isEmpty()) {
      names.collect(model);
      names.match();
    }
    return names;
  }

  /** Names under which the model has other values than the source. */
  Set<String> changed() {
    return Collections.unmodifiableSet(changed);
  }

  /** Names of the source's matrices that the model has turned. */
  Set<String> turned() {
    Set<String> turned = new HashSet<>();
    found.values().stream().filter(Match::turned).forEach(m -> turned.add(m.name()));
    return turned;
  }

  /** The model with its weights under the source's names. */
  Graph applied(Graph model) {
    return found.isEmpty() ? model : GraphWeights.renamed(model, this::named);
  }

  private Tensor named(Tensor tensor) {
    Match match = found.get(tensor.name());
    return match == null ? tensor : tensor.named(match.name());
  }

  private void collect(Graph graph) {
    for (Node node : graph.nodes()) {
      for (Operand operand : node.inputs()) {
        if (operand instanceof Operand.Weight weight) {
          for (Tensor base : weight.expression().bases()) {
            tensors.putIfAbsent(base.name(), base);
            owners.putIfAbsent(base.name(), node.scope().path());
          }
        }
      }
      node.subGraphs().forEach(this::collect);
    }
  }

  private void match() throws IOException, ConversionException {
    Map<Tensor, List<Match>> open = new LinkedHashMap<>();
    for (Tensor tensor : tensors.values()) {
      Cancellation.check();
      List<Match> matches = matches(tensor);
      boolean known = byName.containsKey(tensor.name());
      Optional<Match> own =
          matches.stream().filter(m -> m.name().equals(tensor.name())).findFirst();
      if (own.isPresent()) {
        claim(tensor, own.get());
      } else if (known) {
        changed.add(tensor.name());
        taken.add(tensor.name());
      } else if (!matches.isEmpty()) {
        open.put(tensor, matches);
      }
    }
    // Of equal weights, such as zeros, those of the module that reads them come first.
    open.forEach((tensor, matches) -> claim(tensor, matches, owners.get(tensor.name())));
    open.forEach((tensor, matches) -> claim(tensor, matches, ""));
  }

  private void claim(Tensor tensor, List<Match> matches, String owner) {
    if (!found.containsKey(tensor.name())) {
      matches.stream()
          .filter(m -> !taken.contains(m.name()))
          .filter(m -> owner.isEmpty() || m.name().startsWith(owner + "."))
          .findFirst()
          .ifPresent(m -> claim(tensor, m));
    }
  }

  private void claim(Tensor tensor, Match match) {
    found.put(tensor.name(), match);
    taken.add(match.name());
  }

  /** The source's weights with the bytes of a tensor, or else with those of the turned one. */
  private List<Match> matches(Tensor tensor) throws IOException {
    List<Match> straight =
        of(tensor.dims(), tensor, digests.sha256(WeightExpression.of(tensor)), false);
    if (!straight.isEmpty() || tensor.dims().size() != 2) {
      return straight;
    }
    List<Long> dims = List.of(tensor.dims().get(1), tensor.dims().get(0));
    boolean possible =
        byName.values().stream().anyMatch(w -> w.shape().equals(dims) && isType(w, tensor));
    return possible
        ? of(dims, tensor, digests.sha256(WeightExpression.of(tensor).transposed(TURN)), true)
        : List.of();
  }

  private List<Match> of(List<Long> dims, Tensor tensor, String digest, boolean turned) {
    return byDigest.getOrDefault(digest, List.of()).stream()
        .filter(w -> w.shape().equals(dims) && isType(w, tensor))
        .map(w -> new Match(w.name(), turned))
        .toList();
  }

  private static boolean isType(SourceWeight weight, Tensor tensor) {
    return weight.dataType().equals(tensor.element().lowerName());
  }

  private record Match(String name, boolean turned) {}
}
