package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** Conditions on how a class comes to talk to a server. */
final class RemoteCallConditions extends ArchCondition<JavaClass> {

    private static final String TRANSPORT = "com.google.api.client.http.HttpTransport";
    private static final String HTTP_CLIENTS = "org.apache.hc.client5.http.impl.classic.HttpClients";

    private final Predicate<JavaCodeUnitAccess<?>> forbidden;

    private RemoteCallConditions(String description, Predicate<JavaCodeUnitAccess<?>> forbidden) {
        super(description);
        this.forbidden = forbidden;
    }

    static ArchCondition<JavaClass> makeATransport() {
        return new RemoteCallConditions("make a transport", access -> {
            CodeUnitAccessTarget target = access.getTarget();
            boolean constructs =
                    target.getName().equals("<init>") && target.getOwner().isAssignableTo(TRANSPORT);
            return constructs || target.getOwner().getName().equals(HTTP_CLIENTS);
        });
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnitCallsFromSelf().forEach(access -> report(type, access, events));
        type.getCodeUnitReferencesFromSelf().forEach(access -> report(type, access, events));
    }

    private void report(JavaClass type, JavaCodeUnitAccess<?> access, ConditionEvents events) {
        events.add(new SimpleConditionEvent(type, forbidden.test(access), access.getDescription()));
    }
}
