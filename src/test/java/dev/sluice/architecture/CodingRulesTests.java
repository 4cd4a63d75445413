package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.sluice.architecture.planted.PlantedFaults;
import dev.sluice.architecture.planted.jobs.PlantedFamily;
import dev.sluice.architecture.planted.launch.PlantedLauncher;
import dev.sluice.architecture.planted.local.PlantedServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodingRulesTests {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice");

    @Test
    void seeAllPackages() {
        assertThat(OURS).hasSizeGreaterThan(100);
        assertThat(OURS.contain("dev.sluice.SluiceApplication")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void hold(CodingRules rule) {
        rule.rule().check(OURS);
    }

    @ParameterizedTest
    @MethodSource("plantedFaults")
    void findThePlantedFault(CodingRules rule, Class<?> faulty, String found) {
        EvaluationResult result = rule.rule().evaluate(new ClassFileImporter().importClasses(faulty));

        assertThat(result.getFailureReport().getDetails())
                .anySatisfy(detail -> assertThat(detail).contains(found));
    }

    @ParameterizedTest
    @EnumSource
    void areProvedAbleToFail(CodingRules rule) {
        assertThat(plantedFaults().map(fault -> fault.get()[0])).contains(rule);
    }

    static Stream<Arguments> plantedFaults() {
        List<Arguments> faults = List.of(
                Arguments.of(CodingRules.CONSTRUCTOR_INJECTION, PlantedFaults.InjectsFields.class, "injected"),
                Arguments.of(CodingRules.OUTPUT_BELONGS_TO_THE_COMMAND_LINE, PlantedFaults.Prints.class, "System.out"),
                Arguments.of(
                        CodingRules.EXCEPTIONS_HAVE_NAMES,
                        PlantedFaults.ThrowsGenericException.class,
                        "RuntimeException"),
                time("Instant.now()"),
                time("LocalDate.now()"),
                time("System.currentTimeMillis()"),
                time("Thread.sleep(long)"),
                time("UUID.randomUUID()"),
                time("Random.<init>()"),
                Arguments.of(CodingRules.CLOCKS_ARE_MADE_AT_THE_EDGE, PlantedFaults.MakesClocks.class, "systemUTC"),
                Arguments.of(CodingRules.CLOCKS_ARE_MADE_AT_THE_EDGE, PlantedFaults.MakesClocks.class, "nanoTime"),
                Arguments.of(CodingRules.NAMES_SAY_WHAT_A_TYPE_IS, PlantedFaults.RowManager.class, "RowManager"),
                Arguments.of(CodingRules.NAMES_SAY_WHAT_A_TYPE_IS, PlantedFaults.DefaultRows.class, "DefaultRows"),
                Arguments.of(CodingRules.PROPERTIES_ARE_RECORDS, PlantedFaults.RowProperties.class, "RowProperties"),
                Arguments.of(
                        CodingRules.GOOGLE_SERVICES_STAY_BEHIND_THE_DOOR,
                        PlantedFaults.CallsGoogle.class,
                        "com.google.cloud.bigquery.BigQuery"),
                Arguments.of(CodingRules.REMOTE_CALLS_HAVE_A_TIER, PlantedFaults.ExecutesWithoutTier.class, "directly"),
                Arguments.of(
                        CodingRules.REMOTE_CALLS_HAVE_A_TIER, PlantedFaults.ExecutesWithoutTier.class, "inAnyLambda"),
                Arguments.of(
                        CodingRules.REMOTE_CALLS_HAVE_A_TIER,
                        PlantedFaults.ExecutesWithoutTier.class,
                        "byAnyReference"),
                Arguments.of(
                        CodingRules.REMOTE_CALLS_HAVE_A_TIER, PlantedFaults.ExecutesWithoutTier.class, "indirectly"),
                Arguments.of(CodingRules.ONE_TRANSPORT, PlantedFaults.MakesTransports.class, "NetHttpTransport"),
                Arguments.of(CodingRules.ONE_TRANSPORT, PlantedFaults.MakesTransports.class, "HttpClients"),
                Arguments.of(CodingRules.FAMILIES_HIDE_THEIR_TYPES, PlantedFamily.class, "PlantedFamily"),
                Arguments.of(
                        CodingRules.THE_HOME_SERVER_IS_A_PROCESS_OF_ITS_OWN,
                        PlantedFaults.UsesTheHomeServer.class,
                        "PlantedServer"),
                Arguments.of(CodingRules.WHAT_RUNS_DOES_NOT_KNOW_HOW, PlantedFamily.class, "PlantedLauncher"),
                Arguments.of(CodingRules.HOW_IT_IS_RUN_DOES_NOT_KNOW_WHAT, PlantedLauncher.class, "PlantedFamily"),
                Arguments.of(CodingRules.COMMANDS_AND_HOME_SERVER_ARE_PLAIN_JAVA, PlantedServer.class, "PlantedServer"),
                Arguments.of(CodingRules.BEANS_STAND_WHERE_A_START_LOOKS, PlantedServer.class, "PlantedServer"),
                Arguments.of(CodingRules.ONE_WAY_TO_LOG, PlantedFaults.UsesOtherLogging.class, "logging"),
                Arguments.of(CodingRules.CHUNKS_ARE_NOT_SCANNED, PlantedFaults.ScansChunks.class, "faultTolerant"),
                Arguments.of(CodingRules.PARAMETERS_ARE_GIVEN, PlantedFaults.IncrementsParameters.class, "incrementer"),
                Arguments.of(
                        CodingRules.DATA_NEVER_NAMES_CLASSES, PlantedFaults.ReadsObjects.class, "ObjectInputStream"),
                Arguments.of(
                        CodingRules.DATA_NEVER_NAMES_CLASSES,
                        PlantedFaults.LetsJsonChoose.class,
                        "activateDefaultTyping"));
        return faults.stream();
    }

    private static Arguments time(String call) {
        return Arguments.of(
                CodingRules.TIME_AND_CHANCE_COME_FROM_OUTSIDE, PlantedFaults.DrawsTimeAndChance.class, call);
    }
}
