package dev.sluice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.Set;

/** What every class of ours keeps to. Exceptions are named in each rule, by package or by the one class. */
enum CodingRules {
    CONSTRUCTOR_INJECTION(
            NO_CLASSES_SHOULD_USE_FIELD_INJECTION.because("a class says in its constructor what it needs")),

    OUTPUT_BELONGS_TO_THE_COMMAND_LINE(noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice..cli..", "dev.sluice..local..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("only commands and the home server's ready line talk to a terminal; everything else logs")),

    EXCEPTIONS_HAVE_NAMES(noClasses()
            .should(THROW_GENERIC_EXCEPTIONS)
            .because("a failure's type says what happened and whether to try again")),

    TIME_AND_CHANCE_COME_FROM_OUTSIDE(noClasses()
            .should(Calls.to("take time, wait or draw an id by themselves", Calls::drawsTimeOrChance))
            .because("tests move the clock and never sleep, and ids are derived from content")),

    CLOCKS_ARE_MADE_AT_THE_EDGE(noClasses()
            .that()
            .doNotHaveSimpleName("Sluice") // the command's main method
            .and()
            .doNotHaveSimpleName("JobProcess") // starts the Spring context
            .and()
            .doNotHaveSimpleName("HomeServer") // the home server's main method
            .and()
            .doNotHaveSimpleName("Waiter") // the home's: what is injected where something waits
            .and()
            .haveSimpleNameNotEndingWith("Wiring")
            .should(Calls.to("make a clock or a waiter", Calls::makesAClock))
            .because("clocks and waiters are injected; wiring and main methods make them")),

    NAMES_SAY_WHAT_A_TYPE_IS(noClasses()
            .should()
            .haveNameMatching(
                    ".*[.$]((Abstract|Default|Simple)[A-Z]\\w*|\\w*(Utils?|Helper|Manager|Impl|Dto|Config|Base))")
            .because("such a name hides what the type is")),

    PROPERTIES_ARE_RECORDS(classes()
            .that()
            .haveSimpleNameEndingWith("Properties")
            .should()
            .beRecords()
            .because("settings are validated once and never change")),

    GOOGLE_SERVICES_STAY_BEHIND_THE_DOOR(noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice..bigquery..", "dev.sluice..vault..", "dev.sluice..local..")
            .should()
            .dependOnClassesThat(googleService())
            .because("every remote call goes through the door that bounds it; value types may travel")),

    REMOTE_CALLS_HAVE_A_TIER(noClasses()
            .should(new TierlessCalls())
            .because("what is executed in a RemoteCall has a tier and a deadline")),

    ONE_TRANSPORT(noClasses()
            .that()
            .doNotHaveSimpleName("PooledTransport")
            .should(RemoteCallConditions.makeATransport())
            .because("only that transport cuts exchanges and refuses those without a deadline")),

    FAMILIES_HIDE_THEIR_TYPES(noClasses()
            .that()
            .resideInAPackage("dev.sluice..jobs..")
            .should()
            .bePublic()
            .because("families do not know each other and nobody else may know them")),

    THE_HOME_SERVER_IS_A_PROCESS_OF_ITS_OWN(noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice..local..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.sluice..local.."))
            .because("the application talks to it over the wire only, as to Google")),

    WHAT_RUNS_DOES_NOT_KNOW_HOW(noClasses()
            .that(whatRuns())
            .should()
            .dependOnClassesThat(howItIsRun())
            .because("the halves meet in Spring Batch's jobs, definition and ledger")),

    HOW_IT_IS_RUN_DOES_NOT_KNOW_WHAT(noClasses()
            .that(howItIsRun())
            .should()
            .dependOnClassesThat(whatRuns())
            .because("the halves meet in Spring Batch's jobs, definition and ledger")),

    COMMANDS_AND_HOME_SERVER_ARE_PLAIN_JAVA(noClasses()
            .that()
            .resideInAnyPackage("dev.sluice..local..", "dev.sluice..cli..")
            .should()
            .beMetaAnnotatedWith("org.springframework.stereotype.Component")
            .because("they answer without a Spring context; the job process would scan their stereotypes")),

    BEANS_STAND_WHERE_A_START_LOOKS(classes()
            .that()
            .areMetaAnnotatedWith("org.springframework.stereotype.Component")
            .and()
            .doNotHaveSimpleName("SluiceApplication")
            .should()
            .haveSimpleNameEndingWith("Wiring")
            .orShould()
            .haveSimpleNameEndingWith("Job")
            .because("SluiceApplication reads no other classes: reading all of them takes longer than the rest")),

    ONE_WAY_TO_LOG(noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("logging goes through SLF4J")),

    CHUNKS_ARE_NOT_SCANNED(noClasses()
            .should(Calls.to("tolerate faults by writing items again one by one", Calls::scansChunks))
            .because("each item would be a BigQuery job more, and written twice")),

    PARAMETERS_ARE_GIVEN(noClasses()
            .should(Calls.to("increment job parameters", Calls::incrementsParameters))
            .because("Spring Batch ignores the parameters of a start if the job has an incrementer")),

    DATA_NEVER_NAMES_CLASSES(noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould(Calls.to("let JSON choose classes", Calls::letsJsonChooseClasses))
            .because("stored data that chooses a class runs whatever its writer likes"));

    private static final Set<String> GOOGLE_SERVICES = Set.of(
            "com.google.cloud.bigquery.BigQuery",
            "com.google.cloud.bigquery.BigQueryException",
            "com.google.cloud.bigquery.BigQueryOptions",
            "com.google.cloud.bigquery.Connection",
            "com.google.cloud.bigquery.Dataset",
            "com.google.cloud.bigquery.Job",
            "com.google.cloud.bigquery.Table",
            "com.google.cloud.bigquery.TableResult");

    private final ArchRule rule;

    CodingRules(ArchRule rule) {
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    private static DescribedPredicate<JavaClass> googleService() {
        return describe("are Google service types", type -> {
            String name = type.getName();
            return GOOGLE_SERVICES.contains(name)
                    || name.startsWith("com.google.api.services.bigquery.")
                    || name.startsWith("com.google.api.client.")
                    || name.startsWith("com.google.cloud.bigquery.storage.")
                    || name.startsWith("com.google.cloud.kms.");
        });
    }

    private static DescribedPredicate<JavaClass> whatRuns() {
        return resideInAnyPackage(
                "dev.sluice..jobs..",
                "dev.sluice..item..",
                "dev.sluice..tenant..",
                "dev.sluice..vault..",
                "dev.sluice..bigquery..");
    }

    private static DescribedPredicate<JavaClass> howItIsRun() {
        return resideInAnyPackage(
                "dev.sluice..cli..",
                "dev.sluice..console..",
                "dev.sluice..schedule..",
                "dev.sluice..launch..",
                "dev.sluice..runs..");
    }
}
