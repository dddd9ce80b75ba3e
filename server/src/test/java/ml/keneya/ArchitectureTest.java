package ml.keneya;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The rules of the house, each a sentence. */
@AnalyzeClasses(
        packages = "ml.keneya",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.ServerOnly.class})
class ArchitectureTest {

    /** The builders of terminology and guide share our root package but never ship. */
    static class ServerOnly implements ImportOption {
        private static final Pattern NOT_SHIPPED =
                Pattern.compile(".*/(terminology|profiles|guide)/target/.*|.*/keneya-(terminology|profiles|guide)-.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(NOT_SHIPPED);
        }
    }

    @ArchTest
    static final ArchRule ourClassesLiveInOurPackages =
            classes().should().resideInAPackage("ml.keneya..").as("our classes live in our packages");

    @ArchTest
    static final ArchRule onlyStoreTouchesHapisInsides = noClasses()
            .that()
            .resideOutsideOfPackage("ml.keneya.store..")
            .and()
            .haveNameNotMatching("ml\\.keneya\\.KeneyaApplication")
            .should()
            .dependOnClassesThat(are(inPackages(
                    "ca.uhn.fhir.jpa.dao..",
                    "ca.uhn.fhir.jpa.entity..",
                    "ca.uhn.fhir.jpa.model..",
                    "ca.uhn.fhir.jpa.config..",
                    "ca.uhn.fhir.jpa.search..",
                    "ca.uhn.fhir.jpa.searchparam..",
                    "ca.uhn.fhir.jpa.term..",
                    "ca.uhn.fhir.jpa.packages..",
                    "ca.uhn.fhir.jpa.provider..",
                    "org.hibernate..",
                    "jakarta.persistence..")))
            .as("only store touches HAPI JPA's insides, Hibernate and persistence");

    @ArchTest
    static final ArchRule nobodyImportsOperations = noClasses()
            .that()
            .resideOutsideOfPackage("ml.keneya.operations..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ml.keneya.operations..")
            .as("nobody imports operations");

    @ArchTest
    static final ArchRule stagesDoNotKnowSecurity = noClasses()
            .that()
            .resideOutsideOfPackage("ml.keneya.security..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ml.keneya.security..")
            .allowEmptyShould(true)
            .as("no stage imports security");

    @ArchTest
    static final ArchRule sqlOnlyWhereTheDesignAllowsIt = noClasses()
            .that()
            .resideInAnyPackage(
                    "ml.keneya.fhir..", "ml.keneya.conformance..", "ml.keneya.validation..", "ml.keneya.console..")
            .should()
            .dependOnClassesThat(are(inPackages("org.springframework.jdbc..", "java.sql..", "javax.sql..")))
            .as("no SQL in fhir, conformance, validation and console");

    @ArchTest
    static final ArchRule fhirKnowsNoStorage = noClasses()
            .that()
            .resideInAPackage("ml.keneya.fhir..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ca.uhn.fhir.jpa..")
            .as("the HTTP face knows no storage");

    @ArchTest
    static final ArchRule constructorsInject = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .as("constructors inject; no @Autowired fields, no @Value");

    @ArchTest
    static final ArchRule constructorsTakeFewCollaborators = constructors()
            .that()
            .areDeclaredInClassesThat()
            .areNotRecords()
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveFullyQualifiedName("ml.keneya.store.StoreContribution")
            .should(haveAtMostFiveParameters())
            .as("a constructor takes five collaborators at most, or says why");

    @ArchTest
    static final ArchRule settingsAreSmallRecords = classes()
            .that()
            .areAnnotatedWith(ConfigurationProperties.class)
            .should()
            .beRecords()
            .andShould()
            .haveSimpleNameEndingWith("Settings")
            .andShould()
            .notBePublic()
            .as("settings are package-private records named …Settings");

    @ArchTest
    static final ArchRule packagesDeclareNull =
            classes().should(resideInANullMarkedPackage()).as("every package declares null in its package-info");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .resideOutsideOfPackages("ml.keneya.fhir..", "ml.keneya.store..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Date.class)
            .as("time comes from an injected Clock");

    @ArchTest
    static final ArchRule nothingPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** A figure that is recounted with the help of what counts it agrees with anything. */
    @ArchTest
    static void recountsKnowNothingOfWhatTheyRecount(JavaClasses shipped) {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("ml.keneya");
        classes()
                .that(are(recountsAndTheirHelpers(tests)))
                .should(knowNoneOf(shipped.that(are(inPackages("ml.keneya.views..", "ml.keneya.surveillance..")))))
                .as("recounts, and what helps them, know nothing of views and surveillance")
                .check(tests);
    }

    /** The classes named so, and whatever of the tests these reach. */
    private static DescribedPredicate<JavaClass> recountsAndTheirHelpers(JavaClasses tests) {
        Deque<JavaClass> open = new ArrayDeque<>(tests.that(DescribedPredicate.describe(
                "recounts", type -> type.getSimpleName().matches("Recount\\w*IT"))));
        Set<JavaClass> reached = new HashSet<>(open);
        while (!open.isEmpty()) {
            open.pop().getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> tests.contain(target.getName()))
                    .filter(reached::add)
                    .forEach(open::push);
        }
        return DescribedPredicate.describe("recounts and their helpers", reached::contains);
    }

    private static ArchCondition<JavaClass> knowNoneOf(JavaClasses counted) {
        return new ArchCondition<>("know none of " + counted.size() + " classes") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> counted.contain(dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .getName()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }

    private static DescribedPredicate<JavaClass> inPackages(String... identifiers) {
        return JavaClass.Predicates.resideInAnyPackage(identifiers);
    }

    private static ArchCondition<JavaConstructor> haveAtMostFiveParameters() {
        return new ArchCondition<>("have at most five parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                int parameters = constructor.getRawParameterTypes().size();
                boolean enumeration = constructor.getOwner().isEnum();
                events.add(new SimpleConditionEvent(
                        constructor, enumeration || parameters <= 5, constructor.getFullName() + ": " + parameters));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage itsPackage = type.getPackage();
                boolean marked = itsPackage.isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, itsPackage.getName()));
            }
        };
    }
}
