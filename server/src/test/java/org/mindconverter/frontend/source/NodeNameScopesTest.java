// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Scope;

class NodeNameScopesTest {
  private static NodeNameScopes with(String... parameters) {
    return new NodeNameScopes(List.of(parameters));
  }

  private static void assertPath(NodeNameScopes scopes, String node, String operator, String path) {
    Scope scope = scopes.read(node, operator);
    assertThat(scope.modules()).as(node).isNotEmpty();
    assertThat(scope.path()).as(node).isEqualTo(path);
  }

  @Test
  void strikesOutRepeatedContainers() {
    NodeNameScopes scopes = with("layer1.0.conv1.weight", "features.1.0.block.0.2.weight");
    assertPath(scopes, "/layer1/layer1.0/conv1/Conv", "Conv", "layer1.0.conv1");
    assertPath(
        scopes,
        "/features/features.1/features.1.0/block/block.0/block.0.2/Conv_3",
        "Conv",
        "features.1.0.block.0.2");
    assertPath(scopes, "/encoder/layer.0/attention/MatMul", "MatMul", "encoder.layer.0.attention");
  }

  @Test
  void keepsARepeatThatParametersConfirm() {
    assertPath(with("block.block.0.weight"), "/block/block.0/Conv", "Conv", "block.block.0");
  }

  @Test
  void takesANumberForAFurtherCallOfAModuleThatIsKnown() {
    NodeNameScopes scopes = with("bn_1.weight", "bn.weight", "cell.0.weight");
    assertPath(scopes, "/relu/Relu", "Relu", "relu");
    assertPath(scopes, "/relu_1/Relu", "Relu", "relu");
    assertPath(scopes, "/bn_1/Mul", "Mul", "bn_1");
    assertPath(scopes, "/bn_2/Mul", "Mul", "bn");
    assertPath(scopes, "/cell/cell.0_1/Gemm", "Gemm", "cell.0");
    assertPath(scopes, "/act_1/Relu", "Relu", "act_1");
  }

  @Test
  void findsModulesBehindADictionary() {
    assertPath(with("proj.left.weight"), "/left/MatMul", "MatMul", "proj.left");
    assertPath(with("a.left.weight", "b.left.weight"), "/left/MatMul", "MatMul", "left");
  }

  @Test
  void putsNodesOfTheRootIntoTheRoot() {
    Scope scope = with().read("/Add_1", "Add");
    assertThat(scope.modules()).containsExactly(new Scope.Module("", ""));
  }

  @Test
  void knowsNothingOfOtherNames() {
    for (String name : new String[] {"", "Add_1", "model/a/Add", "/a/Sub", "/", "/a/"}) {
      assertThat(with().read(name, "Add")).as(name).isEqualTo(Scope.NONE);
    }
    assertThat(with().read("/a".repeat(100) + "/Add", "Add")).isEqualTo(Scope.NONE);
  }
}
