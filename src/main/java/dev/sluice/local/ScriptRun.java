package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.Script.Exit;
import dev.sluice.local.sql.Script.Leave;
import dev.sluice.local.sql.Script.Step;
import dev.sluice.local.sql.SqlRefused;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a script: where it goes on, and how it handles errors. Used once. */
final class ScriptRun implements AutoCloseable {

    /** The state of a job some of whose statements are in effect. */
    static final String BEGUN = "SCRIPT";

    private static final int MOST_STEPS = 100_000;

    private final ScriptStatements statements;
    private final ScriptVariables variables;
    private final ScriptExpressions expressions;
    private final SystemVariables system;
    private final ScriptSteps single;
    private final RunningJob state;
    private int steps;

    ScriptRun(Store store, Attempts attempts, QueryEffects queries, Job job, RunningJob state) {
        this.system = new SystemVariables(job);
        this.variables = new ScriptVariables(job, system);
        this.expressions = new ScriptExpressions(queries.reader(), job, variables);
        this.statements = new ScriptStatements(store, attempts, queries, job, state, system);
        this.single = new ScriptSteps(statements, variables, expressions, system);
        this.state = state;
    }

    void run(Script script) {
        run(script.steps());
        statements.end(expressions);
    }

    /** @return how the steps were left, null at their end */
    private @Nullable Leave run(List<Step> list) {
        for (Step step : list) {
            advance();
            @Nullable Leave left = run(step);
            if (left != null) {
                return left;
            }
        }
        return null;
    }

    /** Before each step and each round of a loop, which may have no steps. */
    private void advance() {
        state.requireGoing();
        steps++;
        if (steps > MOST_STEPS) {
            throw new ApiError(400, "invalidQuery", "The script takes more than %d steps".formatted(MOST_STEPS));
        }
    }

    private @Nullable Leave run(Step step) {
        if (step instanceof Script.If condition) {
            boolean holds = holds("IF ", condition.condition());
            return run(holds ? condition.steps() : condition.otherwise());
        }
        if (step instanceof Script.Case cases) {
            return run(branch(cases));
        }
        if (step instanceof Script.Loop loop) {
            return loop(loop);
        }
        if (step instanceof Script.Repeat repeat) {
            return repeat(repeat);
        }
        if (step instanceof Script.For each) {
            return each(each);
        }
        if (step instanceof Script.Block block) {
            return block(block);
        }
        Script.Told told = (Script.Told) step;
        single.tell(told.text());
        if (told.step() instanceof Leave leave) {
            return leave;
        }
        single.run(told.step());
        return null;
    }

    private boolean holds(String words, String condition) {
        single.tell(words + condition + "...");
        return statements.computing(connection -> expressions.isTrue(connection, condition));
    }

    private List<Step> branch(Script.Case cases) {
        single.tell("CASE " + cases.operand() + "...");
        int branch = statements.computing(connection -> expressions.branch(connection, cases));
        return branch < 0 ? cases.otherwise() : cases.branches().get(branch).steps();
    }

    /** @return how the loop was left, if something around it is meant */
    private @Nullable Leave rounds(@Nullable String label, BooleanSupplier more, Supplier<@Nullable Leave> body) {
        while (more.getAsBoolean()) {
            advance();
            @Nullable Leave left = body.get();
            if (left != null && (!left.isAbout(label) || left.exit() == Exit.BREAK)) {
                return left.isAbout(label) ? null : left;
            }
        }
        return null;
    }

    private @Nullable Leave loop(Script.Loop loop) {
        @Nullable String condition = loop.condition();
        return rounds(loop.label(), () -> condition == null || holds("WHILE ", condition), () -> run(loop.steps()));
    }

    private @Nullable Leave repeat(Script.Repeat repeat) {
        var begun = new AtomicBoolean();
        return rounds(
                repeat.label(),
                () -> !begun.getAndSet(true) || !holds("UNTIL ", repeat.until()),
                () -> run(repeat.steps()));
    }

    private @Nullable Leave each(Script.For each) {
        single.tell("FOR %s IN (%s...".formatted(each.name(), each.query()));
        Iterator<ScriptVariables.Value> rows = statements
                .computing(connection -> expressions.rows(connection, each.query(), variables.parameters()))
                .iterator();
        return rounds(each.label(), rows::hasNext, () -> {
            variables.enter();
            variables.declare(each.name(), rows.next());
            @Nullable Leave left = run(each.steps());
            variables.leave();
            return left;
        });
    }

    private @Nullable Leave block(Script.Block block) {
        @Nullable Leave left = handled(block);
        boolean here = left != null && left.label() != null && left.label().equals(block.label());
        return here ? null : left;
    }

    /** What the local BigQuery does not support is no error that a script could handle. */
    private @Nullable Leave handled(Script.Block block) {
        int depth = variables.depth();
        try {
            variables.enter();
            return run(block.steps());
        } catch (ApiError | SqlRefused e) {
            @Nullable List<Step> handler = block.handler();
            if (handler == null || state.isStopped() || isOwn(e)) {
                throw e;
            }
            statements.failed();
            variables.leave(depth);
            return handle(handler, e);
        } finally {
            variables.leave(depth);
        }
    }

    private static boolean isOwn(RuntimeException error) {
        return (error instanceof SqlRefused refused ? ApiError.of(refused) : (ApiError) error).isOwn();
    }

    private @Nullable Leave handle(List<Step> handler, RuntimeException error) {
        system.handling(error, single.told());
        try {
            return run(handler);
        } finally {
            system.handled();
        }
    }

    @Override
    public void close() {
        statements.close();
    }
}
