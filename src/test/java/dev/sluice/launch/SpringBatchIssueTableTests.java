package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which test keeps which known fault of Spring Batch away; it is there. #4943 is about MongoDB. */
class SpringBatchIssueTableTests {

    private enum Guard {
        CONCURRENT_RESTARTS("launch.LauncherContract#letsOneOf16StartsAndRestartsRun", 5397, 3788),
        CONTEXT_OF_A_FAILED_CHUNK(
                "launch.SpringBatchIssuesTests#aChunkThatFailedIsNeitherPassedOverNorCounted", 5182, 5509),
        SCANS_AND_SKIPS("architecture.CodingRules#CHUNKS_ARE_NOT_SCANNED", 5210, 5361, 5091, 5083, 5048),
        SECOND_RUN_OF_A_PROCESS("launch.SpringBatchIssuesTests#theSecondRunOfAProcessReadsEverything", 5126, 5157),
        INSTANCE_WITHOUT_EXECUTION("launch.LauncherContract#repairsAnInstanceWithoutExecution", 5389, 4763, 3798),
        RECOVERED_AGAIN("launch.RunVerbsContract#keepsTheEndOfARunThatIsRecoveredAgain", 4876, 4944, 5418),
        NONE_RUNNING("launch.SpringBatchIssuesTests#aRepositoryWithoutRunningRunsSaysSo", 5104),
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

        @Override
        public String toString() {
            return name() + " " + Arrays.toString(issues);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTestIsThere(Guard guard) throws ClassNotFoundException {
        List<String> words = List.of(guard.test.split("#", 2));
        Class<?> type = Class.forName("dev.sluice." + words.get(0));

        assertThat(Stream.concat(
                                Arrays.stream(type.getDeclaredMethods())
                                        .filter(method -> method.isAnnotationPresent(Test.class)
                                                || method.isAnnotationPresent(ParameterizedTest.class)),
                                Arrays.stream(type.getDeclaredFields()).filter(Field::isEnumConstant))
                        .map(Member::getName))
                .contains(words.get(1));
    }
}
