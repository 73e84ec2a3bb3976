// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackageDependencyTest {
  private static final String ROOT = "org.mindconverter.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mindconverter");

  /** What each package may see of the others. */
  private static final Map<String, List<String>> MAY_SEE =
      Map.of(
          "diag", List.of(),
          "python", List.of(),
          "ir", List.of("diag"),
          "fold", List.of("ir", "diag"),
          "request", List.of("diag"),
          "frontend", List.of("request", "ir", "diag"),
          "op", List.of("fold", "python", "ir", "diag"),
          "pass", List.of("op", "fold", "ir", "diag"),
          "emit", List.of("op", "fold", "python", "ir", "diag"),
          "convert",
              List.of("request", "frontend", "pass", "op", "emit", "fold", "python", "ir", "diag"));

  static Stream<String> packages() {
    return MAY_SEE.keySet().stream().sorted();
  }

  @Test
  void thereAreClassesToLookAt() {
    assertThat(CLASSES.size()).isGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void seesOnlyWhatLiesBelow(String name) {
    String[] others =
        Stream.concat(MAY_SEE.keySet().stream(), Stream.of("rpc", "metrics", "logging", "v1"))
            .filter(other -> !other.equals(name) && !MAY_SEE.get(name).contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);
    inside(name).should().dependOnClassesThat().resideInAnyPackage(others).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void knowsNothingOfTheWire(String name) {
    inside(name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.micrometer..")
        .check(CLASSES);
  }

  private static GivenClassesConjunction inside(String name) {
    return noClasses().that().resideInAPackage(ROOT + name + "..");
  }

  @Test
  void noPackagesSeeEachOtherInACircle() {
    slices().matching("org.mindconverter.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void everyPackageOfTheWorkIsListed() {
    List<String> seen =
        CLASSES.stream()
            .map(c -> c.getPackageName())
            .filter(p -> p.startsWith(ROOT))
            .map(p -> Arrays.asList(p.split("\\.", -1)).get(2))
            .distinct()
            .filter(p -> !List.of("rpc", "metrics", "logging", "v1").contains(p))
            .toList();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(MAY_SEE.keySet());
  }
}
