package bulwark.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of the house, read off the compiled classes: who may know whom.
class ArchitectureTest {
    private static final String[] CORE = {"bulwark.model..", "bulwark.kubernetes..", "bulwark.policy.."};
    private static final String[] PLATFORM = {"bulwark.base..", "bulwark.http..", "bulwark.store.."};
    private static final String[] APPS = {"bulwark.central..", "bulwark.sensor..", "bulwark.cli.."};
    private static final int MOST_FILES_IN_A_PACKAGE = 25;

    private static final DescribedPredicate<JavaClass> ARE_NOT_STORES = DescribedPredicate.describe(
            "are not stores", type -> !outermost(type).getSimpleName().endsWith("Store"));

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("bulwark");
    }

    @Test
    void appsNeverImportApps() {
        slices().matching("bulwark.(central|sensor|cli)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .check(classes);
    }

    @Test
    void coreModulesImportTheModelAndNoOtherPartOfBulwark() {
        for (String module : CORE) {
            noClasses()
                    .that()
                    .resideInAPackage(module)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("bulwark..").and(resideOutsideOfPackages(module, "bulwark.model..")))
                    .check(classes);
        }
    }

    @Test
    void coreTouchesNoClockFileSocketThreadOrLog() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "java.sql..",
                        "org.slf4j..",
                        "java.util.logging..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        Runtime.class,
                        ProcessHandle.class,
                        java.io.File.class,
                        java.io.FileInputStream.class,
                        java.io.FileOutputStream.class,
                        java.time.Clock.class,
                        java.util.Random.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethodWhere(target(nameMatching("now")).and(target(owner(resideInAPackage("java.time")))))
                .check(classes);
    }

    @Test
    void coreUsesLibrariesWithoutInputAndOutputOnly() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "bulwark..",
                        "java..",
                        "org.jspecify.annotations..",
                        "com.google.re2j..",
                        "com.fasterxml.jackson.core.."))
                .check(classes);
    }

    @Test
    void coreCompilesNoPatternOfAUserWithTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("bulwark.policy..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.regex.Pattern")
                .check(classes);
    }

    @Test
    void platformImportsNothingOfOursButItsBase() {
        noClasses()
                .that()
                .resideInAnyPackage(PLATFORM)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(APPS)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("bulwark.wire..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("bulwark.base..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("bulwark.http..", "bulwark.store..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("bulwark.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("bulwark.store..")
                .check(classes);
    }

    @Test
    void onlyStoresTouchSql() {
        var sql = resideInAnyPackage("java.sql..", "org.jooq..", "org.postgresql..");
        noClasses()
                .that(resideOutsideOfPackages("bulwark.store..", "bulwark.central.tables..", "bulwark.central.filter..")
                        .and(ARE_NOT_STORES))
                .should()
                // a flow hands its transaction on to stores
                .dependOnClassesThat(sql.and(not(type(org.jooq.DSLContext.class))))
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("bulwark.central.filter..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.postgresql.."))
                .check(classes);
    }

    @Test
    void whoHandsATransactionOnSaysNothingInIt() {
        noClasses()
                .that(resideOutsideOfPackages("bulwark.store..", "bulwark.central.tables..")
                        .and(ARE_NOT_STORES)
                        .and(not(simpleName("ListFields")))) // reads the pages of all stores' lists
                .should()
                .callMethodWhere(target(owner(assignableTo(org.jooq.DSLContext.class))))
                .check(classes);
    }

    /// Features meet in a flow, or in a function that the assembly hands over.
    @Test
    void featuresOfCentralDoNotImportEachOther() {
        String[] shared = {
            "bulwark.central.access..",
            "bulwark.central.audit..",
            "bulwark.central.change..",
            "bulwark.central.filter..",
            "bulwark.central.tables..",
            "bulwark.central.view..",
            "bulwark.central.sensor..",
            "bulwark.central.notifier.plugin.."
        };
        for (String feature : List.of(
                "alert",
                "backup",
                "cluster",
                "dashboard",
                "health",
                "inventory",
                "notifier",
                "policy",
                "session",
                "setting",
                "token",
                "workload")) {
            String own = "bulwark.central." + feature + "..";
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(resideInAPackage("bulwark.central..")
                            .and(resideOutsideOfPackages(shared))
                            .and(resideOutsideOfPackages(own)))
                    .check(classes);
        }
    }

    @Test
    void packagesHaveNoCycles() {
        for (String root : new String[] {
            "bulwark.model",
            "bulwark.kubernetes",
            "bulwark.policy",
            "bulwark.wire",
            "bulwark.base",
            "bulwark.http",
            "bulwark.store",
            "bulwark.central",
            "bulwark.sensor",
            "bulwark.cli"
        }) {
            slices().matching(root + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(written());
        }
    }

    @Test
    void packagesStaySmall() {
        Map<String, Set<String>> files = new HashMap<>();
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            if (name.startsWith("bulwark.wire.v") || name.startsWith("bulwark.central.tables")) continue; // generated
            if (type.getSimpleName().equals("package-info")) continue; // says a sentence, holds no type
            files.computeIfAbsent(name, key -> new java.util.TreeSet<>())
                    .add(outermost(type).getSimpleName());
        }
        ArchRule rule = ArchRuleDefinition.classes()
                .should(new ArchCondition<>("lie in a package of at most 25 files") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        int size = files.getOrDefault(type.getPackageName(), Set.of())
                                .size();
                        if (size > MOST_FILES_IN_A_PACKAGE) {
                            events.add(SimpleConditionEvent.violated(
                                    type, "package " + type.getPackageName() + " has " + size + " files"));
                        }
                    }
                });
        rule.check(classes);
    }

    @Test
    void storesAreFinalAndNamedForWhatTheyKeep() {
        ArchRuleDefinition.classes()
                .that(simpleNameEndingWith("Store"))
                .and()
                .resideInAPackage("bulwark.central..")
                .should()
                .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                .check(classes);
    }

    /// The classes that people write: those that jOOQ makes of the tables name each other in circles.
    private static JavaClasses written() {
        return classes.that(resideOutsideOfPackages("bulwark.central.tables.."));
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent())
            outer = outer.getEnclosingClass().get();
        return outer;
    }
}
