// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Scope;

class ScopeReaderTest {
  private final ScopeReader reader = new ScopeReader();

  private Scope read(String names, String classes, String trace) {
    return reader.read(
        Map.of(
            ScopeReader.NAME_SCOPES, names,
            ScopeReader.CLASS_HIERARCHY, classes,
            ScopeReader.FX_NODE, "%conv : call",
            ScopeReader.STACK_TRACE, trace));
  }

  @Test
  void readsThePathDownToTheCall() {
    Scope scope =
        read(
            "['', 'layer1', 'layer1.0', 'conv']",
            "['m.Net', 'torch.Seq', 'm.Block', 'aten.conv2d.default']",
            "");

    assertThat(scope.modules())
        .containsExactly(
            new Scope.Module("", "m.Net"),
            new Scope.Module("layer1", "torch.Seq"),
            new Scope.Module("layer1.0", "m.Block"));
    assertThat(scope.call())
        .contains(
            new Scope.Call("conv", "aten.conv2d.default", "%conv : call", List.of("", "", "")));
    assertThat(scope.path()).isEqualTo("layer1.0");
  }

  @Test
  void takesHoistedCodeForTheRootsOwn() {
    Scope scope =
        read(
            "['_empty_nn_module_stack_from_metadata_hook', 'sym_size_int']",
            "['_empty_nn_module_stack_from_metadata_hook', 'aten.sym_size.int']",
            "");

    assertThat(scope.modules()).containsExactly(new Scope.Module("", ""));
    assertThat(scope.call().orElseThrow().name()).isEqualTo("sym_size_int");
  }

  @Test
  void neverTakesAPathForCode() {
    for (String trace :
        new String[] {
          "", "File \"/home/me/net.py\", line 3", "x\n  File \"/a.py\", line 3, in f"
        }) {
      Scope scope = read("['', 'c']", "['N', 'aten.c']", trace);
      assertThat(scope.variables("")).isEmpty();
    }
  }

  private static String frame(String file, String function, String code) {
    return "  File \"" + file + "\", line 7, in " + function + "\n    " + code + "\n";
  }

  @Test
  void findsWhatEachModuleCallsItsResult() {
    Scope scope =
        read(
            "['', 'layer1', 'layer1.conv', 'conv']",
            "['m.Net', 'm.Block', 'Conv2d', 'aten.conv2d.default']",
            frame("/me/net.py", "forward", "return self._features(x)")
                + frame("/me/net.py", "_features", "x, *rest = 1, 2")
                + frame("/me/net.py", "_features", "x = self.layer1(x)")
                + frame("/me/net.py", "forward", "out, _ = self.conv(x), (a == b)")
                + frame("/lib/torch/nn/modules/conv.py", "forward", "result = f(x)"));

    assertThat(scope.variables("")).containsExactly("x");
    assertThat(scope.variables("layer1")).containsExactly("out", "_");
    assertThat(scope.variables("layer1.conv")).isEmpty();
    assertThat(scope.variables("elsewhere")).isEmpty();
  }

  @Test
  void namesNothingWhereFramesAndModulesDoNotMatch() {
    String one = frame("/me/net.py", "forward", "x = self.a(x)");
    assertThat(read("['', 'a', 'c']", "['N', 'A', 'aten.c']", one).variables("")).isEmpty();
    assertThat(read("['', 'c']", "['N', 'aten.c']", one + one).variables("")).isEmpty();
  }

  @Test
  void knowsNothingWhereTheMetadataIsOfAnotherForm() {
    for (String names : new String[] {"", "[]", "['a'", "'a'", "['a' 'b']", "[a]", "['', 'b'] x"}) {
      assertThat(read(names, "['N', 'c']", "")).as(names).isEqualTo(Scope.NONE);
    }
    assertThat(read("['', 'a', 'b']", "['N', 'c']", "")).isEqualTo(Scope.NONE);
    assertThat(reader.read(Map.of())).isEqualTo(Scope.NONE);
  }

  @Test
  void readsListsAsPythonPrintsThem() {
    assertThat(PythonStrings.parse("['', \"it's\", 'a\\'b\\\\']"))
        .contains(List.of("", "it's", "a'b\\"));
    assertThat(PythonStrings.parse("['']")).contains(List.of(""));
    assertThat(PythonStrings.parse("[" + "'a', ".repeat(300) + "'a']")).isEmpty();
  }

  @Test
  void sharesWhatManyNodesRepeat() {
    Scope a = read("['', 'm', 'c']", "['N', 'M', 'aten.c']", "");
    Scope b = read("['', 'm', 'c']", "['N', 'M', 'aten.c']", "");

    assertThat(a.modules()).isSameAs(b.modules());
    assertThat(a.call()).isSameAs(b.call());
  }
}
