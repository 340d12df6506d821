package io.taxoscope.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows of docs/architecture.md: a package may use itself and those that are listed here, nothing else of ours. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.taxoscope");

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("common", List.of()),
            Map.entry("store", List.of("common")),
            Map.entry("vision", List.of("common")),
            Map.entry("linearalgebra", List.of()),
            Map.entry("sae", List.of("common", "store")),
            Map.entry("taxonomy", List.of("common")),
            Map.entry("api.activation", List.of("api")),
            Map.entry("api.sae", List.of("api")),
            Map.entry("api.taxonomy", List.of("api")),
            Map.entry("api.gateway", List.of("api", "api.activation", "api.sae", "api.taxonomy")),
            Map.entry("support", List.of("common", "store", "api")),
            Map.entry("activationservice", List.of("common", "store", "vision", "support", "api", "api.activation")),
            Map.entry("saeservice", List.of("common", "store", "sae", "linearalgebra", "support", "api", "api.sae")),
            Map.entry("taxonomyservice", List.of("common", "store", "taxonomy", "support", "api", "api.taxonomy")),
            Map.entry(
                    "gateway",
                    List.of("common", "support", "api", "api.gateway", "api.activation", "api.sae", "api.taxonomy")));

    @TestFactory
    List<DynamicTest> usesOnlyWhatTheDrawingAllows() {
        var tests = new ArrayList<DynamicTest>();
        MAY_USE.forEach((module, allowed) -> tests.add(DynamicTest.dynamicTest(module, () -> {
            var packages = new ArrayList<String>();
            packages.add(tree(module));
            allowed.forEach(name -> packages.add(name.equals("api") ? "io.taxoscope.api" : tree(name)));
            classes()
                    .that()
                    .resideInAPackage(tree(module))
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage("io.taxoscope..")
                            .or(resideInAnyPackage(packages.toArray(String[]::new))))
                    .check(OURS);
        })));
        return tests;
    }

    @Test
    void coresKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        tree("common"),
                        tree("store"),
                        tree("vision"),
                        tree("linearalgebra"),
                        tree("sae"),
                        tree("taxonomy"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..", "org.hibernate..", "java.sql..")
                .check(OURS);
    }

    @Test
    void contractsKnowNoPersistence() {
        noClasses()
                .that()
                .resideInAPackage("io.taxoscope.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.persistence..", "org.hibernate..", "java.sql..")
                .check(OURS);
    }

    @Test
    void collaboratorsComeThroughConstructors() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .check(OURS);
    }

    private static String tree(String module) {
        return "io.taxoscope." + module + "..";
    }
}
