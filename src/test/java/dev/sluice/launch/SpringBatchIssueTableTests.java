package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which test keeps which known fault of Spring Batch away; each fault that touches us has one, and it is there. */
class SpringBatchIssueTableTests {

    /** Numbers as our notes on Spring Batch list them. */
    private static final int[] KNOWN = {
        5397, 5182, 5509, 5210, 5361, 5091, 5083, 5048, 5126, 5157, 5104, 5389, 4763, 3798, 4943, 3788, 4876, 4944,
        5418, 3127, 1099, 4755, 4946, 5226, 3680, 4122
    };

    /** #4943 is about MongoDB; what #5104 says could not be found. */
    private static final int[] NOT_OURS = {4943, 5104};

    private enum Guard {
        CONCURRENT_RESTARTS("launch.LauncherContract#letsOneOf16StartsAndRestartsRun", 5397, 3788),
        CONTEXT_OF_A_FAILED_CHUNK(
                "launch.SpringBatchIssuesTests#aChunkThatFailedIsNeitherPassedOverNorCounted", 5182, 5509),
        SCANS_AND_SKIPS("architecture.CodingRules#CHUNKS_ARE_NOT_SCANNED", 5210, 5361, 5091, 5083, 5048),
        SECOND_RUN_OF_A_PROCESS("launch.SpringBatchIssuesTests#theSecondRunOfAProcessReadsEverything", 5126, 5157),
        INSTANCE_WITHOUT_EXECUTION("launch.LauncherContract#repairsAnInstanceWithoutExecution", 5389, 4763, 3798),
        RECOVERED_AGAIN("launch.RunVerbsContract#keepsTheEndOfARunThatIsRecoveredAgain", 4876, 4944, 5418),
        KILLED("launch.SpringBatchIssuesTests#aKilledRunIsResumedBehindItsLastChunk", 3127, 1099),
        NO_IDENTIFYING_PARAMETERS("launch.LaunchGateTests#completesAnInstanceWithoutParametersOnce", 4755, 4946),
        UNHEARD_READERS("launch.SpringBatchIssuesTests#aReaderHearsOfItsStep", 5226),
        PARAMETERS_FOR_ALL_TO_READ("definition.SecretTextTests#keepsSecretsOutOfParametersWithoutRepeatingThem", 3680),
        STORED_CLASSES("launch.JsonContextsTests#readsNothingThatItDidNotWrite", 4122);

        private final String test;
        private final int[] issues;

        Guard(String test, int... issues) {
            this.test = test;
            this.issues = issues;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTestIsThere(Guard guard) throws ClassNotFoundException {
        List<String> words = List.of(guard.test.split("#", 2));
        Class<?> type = Class.forName("dev.sluice." + words.get(0));

        assertThat(Stream.concat(
                        Arrays.stream(type.getDeclaredMethods()).map(method -> method.getName()),
                        Arrays.stream(type.getDeclaredFields()).map(field -> field.getName())))
                .contains(words.get(1));
    }

    @Test
    void noIssueIsForgotten() {
        IntStream guarded = Arrays.stream(Guard.values()).flatMapToInt(guard -> Arrays.stream(guard.issues));

        assertThat(IntStream.concat(guarded, Arrays.stream(NOT_OURS)).toArray()).containsExactlyInAnyOrder(KNOWN);
    }
}
