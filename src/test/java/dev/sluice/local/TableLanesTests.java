package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.sql.TableName;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class TableLanesTests {

    private static final Claim CLAIM = new Claim(new TableName("house", "people"), Claim.Kind.MUTATE);

    private final TableLanes lanes = new TableLanes("p", Clock.systemUTC());

    private Turn attempted() {
        var turn = new Turn(CLAIM, () -> {});
        lanes.enter(turn);
        lanes.attempt(turn);
        return turn;
    }

    @Test
    void ofTwoThatWereInEachOthersWayOneGoesOnAndOneWaitsForIt() {
        Turn one = attempted();
        Turn other = attempted();

        assertThat(lanes.isFreeAgain(one)).as("while the other tries").isFalse();
        assertThat(lanes.isFreeAgain(other)).as("while one waits").isTrue();
        assertThat(lanes.isFreeAgain(one)).as("while the other goes on").isFalse();
        lanes.leave(other);
        assertThat(lanes.isFreeAgain(one)).isTrue();
    }
}
