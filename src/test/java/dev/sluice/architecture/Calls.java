package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Conditions on what a class calls, be it by a call or by a method reference. */
final class Calls extends ArchCondition<JavaClass> {

    private static final Set<String> TIME_AND_CHANCE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos");

    private static final Set<String> WITHOUT_ARGUMENTS =
            Set.of("java.util.Date.<init>", "java.util.Random.<init>", "java.util.GregorianCalendar.<init>");

    private final Predicate<CodeUnitAccessTarget> forbidden;

    private Calls(String description, Predicate<CodeUnitAccessTarget> forbidden) {
        super(description);
        this.forbidden = forbidden;
    }

    static ArchCondition<JavaClass> to(String description, Predicate<CodeUnitAccessTarget> forbidden) {
        return new Calls(description, forbidden);
    }

    static boolean drawsTimeOrChance(CodeUnitAccessTarget target) {
        boolean now = target.getName().equals("now")
                && target.getOwner().getPackageName().startsWith("java.time")
                && hasNoArguments(target);
        return now
                || TIME_AND_CHANCE.contains(name(target))
                || hasNoArguments(target) && WITHOUT_ARGUMENTS.contains(name(target));
    }

    static boolean makesAClock(CodeUnitAccessTarget target) {
        return CLOCKS.contains(name(target));
    }

    static boolean scansChunks(CodeUnitAccessTarget target) {
        return target.getName().equals("faultTolerant") && isOfSpringBatch(target);
    }

    static boolean incrementsParameters(CodeUnitAccessTarget target) {
        return target.getName().equals("incrementer") && isOfSpringBatch(target)
                || target.getName().equals("setJobParametersIncrementer");
    }

    private static boolean isOfSpringBatch(CodeUnitAccessTarget target) {
        return target.getOwner().getPackageName().startsWith("org.springframework.batch.");
    }

    static boolean letsJsonChooseClasses(CodeUnitAccessTarget target) {
        return target.getName().startsWith("activateDefaultTyping")
                || target.getName().startsWith("enableDefaultTyping");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
                .forEach(access -> report(type, access, events));
    }

    private void report(JavaClass type, JavaCodeUnitAccess<?> access, ConditionEvents events) {
        boolean found = forbidden.test(access.getTarget());
        events.add(new SimpleConditionEvent(type, found, access.getDescription()));
    }

    private static String name(CodeUnitAccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static boolean hasNoArguments(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().isEmpty();
    }
}
