package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.Script.Exit;
import dev.sluice.local.sql.Script.Step;
import dev.sluice.local.sql.SqlRefused;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a script: where it goes on, and how it handles errors. Used once. */
final class ScriptRun implements AutoCloseable {

    /** The state of a job some of whose statements are in effect. */
    static final String BEGUN = "SCRIPT";

    private static final int MOST_STEPS = 100_000;

    private final ScriptStatements statements;
    private final ScriptVariables variables;
    private final RunningJob state;
    private @Nullable RuntimeException handled;
    private int steps;

    ScriptRun(Store store, Attempts attempts, QueryEffects queries, Job job, RunningJob state) {
        this.variables = new ScriptVariables(queries, job);
        this.statements = new ScriptStatements(store, attempts, queries, job, state, variables);
        this.state = state;
    }

    void run(Script script) {
        run(script.steps());
        statements.end();
    }

    /** @return how the steps were left, null at their end */
    private @Nullable Exit run(List<Step> list) {
        for (Step step : list) {
            state.requireGoing();
            steps++;
            if (steps > MOST_STEPS) {
                throw new ApiError(400, "invalidQuery", "The script takes more than %d steps".formatted(MOST_STEPS));
            }
            @Nullable Exit exit = run(step);
            if (exit != null) {
                return exit;
            }
        }
        return null;
    }

    private @Nullable Exit run(Step step) {
        if (step instanceof Script.Leave leave) {
            return leave.exit();
        }
        if (step instanceof Script.If condition) {
            return run(holds(condition.condition()) ? condition.steps() : condition.otherwise());
        }
        if (step instanceof Script.Loop loop) {
            return loop(loop);
        }
        if (step instanceof Script.For each) {
            return each(each);
        }
        if (step instanceof Script.Block block) {
            return block(block);
        }
        single(step);
        return null;
    }

    private void single(Step step) {
        if (step instanceof Script.Run run) {
            statements.run(run.statement());
        } else if (step instanceof Script.Immediate immediate) {
            statements.run(text(immediate.statement()));
        } else if (step instanceof Script.Transaction transaction) {
            statements.transaction(transaction.act());
        } else if (step instanceof Script.Declare declare) {
            statements.computing(connection -> {
                variables.declare(connection, declare);
                return variables;
            });
        } else if (step instanceof Script.Assign assign) {
            statements.computing(connection -> {
                variables.assign(connection, assign);
                return variables;
            });
        } else {
            raise((Script.Raise) step);
        }
    }

    private void raise(Script.Raise raise) {
        if (raise.message() != null) {
            throw new ApiError(400, "invalidQuery", text(raise.message()));
        }
        throw handled == null ? new ApiError(400, "invalidQuery", "Cannot re-raise outside of a handler") : handled;
    }

    private String text(String expression) {
        String text = statements.computing(
                connection -> variables.evaluate(connection, expression).text().orElse(""));
        if (text.isEmpty()) {
            throw new ApiError(400, "invalidQuery", "The text must not be NULL or empty");
        }
        return text;
    }

    private boolean holds(String condition) {
        return statements.computing(connection -> variables.isTrue(connection, condition));
    }

    private @Nullable Exit loop(Script.Loop loop) {
        while (loop.condition() == null || holds(loop.condition())) {
            @Nullable Exit exit = run(loop.steps());
            if (exit == Exit.RETURN) {
                return exit;
            }
            if (exit == Exit.BREAK) {
                return null;
            }
        }
        return null;
    }

    private @Nullable Exit each(Script.For each) {
        for (var row : statements.computing(connection -> variables.rows(connection, each.query()))) {
            variables.set(each.name(), row);
            @Nullable Exit exit = run(each.steps());
            if (exit == Exit.RETURN) {
                return exit;
            }
            if (exit == Exit.BREAK) {
                return null;
            }
        }
        return null;
    }

    /** What the local BigQuery does not support is no error that a script could handle. */
    private @Nullable Exit block(Script.Block block) {
        @Nullable List<Step> handler = block.handler();
        if (handler == null) {
            return run(block.steps());
        }
        try {
            return run(block.steps());
        } catch (ApiError | SqlRefused e) {
            String message = String.valueOf(e.getMessage());
            if (state.isStopped() || message.contains("local BigQuery")) {
                throw e;
            }
            statements.failed();
            handled = e;
            variables.set(Map.of("message", message));
            return run(handler);
        }
    }

    @Override
    public void close() {
        statements.close();
    }
}
