package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;

/**
 * Finds requests that are executed other than in what becomes a RemoteCall, which only runs under a deadline with a
 * tier. A private method that executes makes its callers answer for it; the upload session's methods make theirs.
 */
final class TierlessCalls extends ArchCondition<JavaClass> {

    private static final String BOUNDED = "dev/sluice/bigquery/CurrentDeadline$RemoteCall";
    private static final String UPLOAD_SESSION = "dev/sluice/bigquery/UploadSession";
    private static final Set<String> OF_UPLOADS = Set.of("send", "ask", "execute");
    private static final Set<String> REQUESTS = Set.of(
            "com.google.api.client.googleapis.services.AbstractGoogleClientRequest",
            "com.google.api.client.http.HttpRequest");

    TierlessCalls() {
        super("execute a request without a tier");
    }

    /** What a class's methods call and hand on, by method name and descriptor. */
    private static final class Body extends ClassVisitor {
        private final String self;
        private final Set<String> hidden = new HashSet<>();
        private final Set<String> executing = new HashSet<>();
        private final Map<String, Set<String>> callers = new HashMap<>();

        Body(String self) {
            super(Opcodes.ASM9);
            this.self = self;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            String method = name + type;
            if ((access & Opcodes.ACC_PRIVATE) != 0) {
                hidden.add(method);
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String itsType, boolean ofInterface) {
                    calls(method, owner, called, itsType);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String made, String madeType, Handle bootstrap, Object... arguments) {
                    boolean isBounded =
                            Type.getReturnType(madeType).getInternalName().equals(BOUNDED);
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle && !isBounded) {
                            calls(method, handle.getOwner(), handle.getName(), handle.getDesc());
                        }
                    }
                }
            };
        }

        private void calls(String method, String owner, String called, String type) {
            if (owner.equals(self)) {
                callers.computeIfAbsent(called + type, key -> new HashSet<>()).add(method);
            } else if (executes(owner, called)) {
                executing.add(method);
            }
        }

        /** Executing methods that nobody in the class answers for: reached from outside, or handed to anybody. */
        Set<String> answerable() {
            Set<String> found = new HashSet<>();
            Deque<String> open = new ArrayDeque<>(executing);
            Set<String> seen = new HashSet<>(executing);
            while (!open.isEmpty()) {
                String method = open.remove();
                if (!hidden.contains(method)) {
                    found.add(method);
                }
                for (String caller : callers.getOrDefault(method, Set.of())) {
                    if (seen.add(caller)) {
                        open.add(caller);
                    }
                }
            }
            return found;
        }
    }

    private static boolean executes(String owner, String called) {
        if (owner.equals(UPLOAD_SESSION)) {
            return OF_UPLOADS.contains(called);
        }
        return called.startsWith("execute") && owner.startsWith("com/google/") && isRequest(owner.replace('/', '.'));
    }

    private static boolean isRequest(String name) {
        try {
            for (Class<?> type = Class.forName(name, false, TierlessCalls.class.getClassLoader());
                    type != null;
                    type = type.getSuperclass()) {
                if (REQUESTS.contains(type.getName())) {
                    return true;
                }
            }
            return false;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        String self = type.getName().replace('.', '/');
        if (self.equals(UPLOAD_SESSION)) {
            return; // its callers answer
        }
        var body = new Body(self);
        try (InputStream bytes = TierlessCalls.class.getResourceAsStream("/" + self + ".class")) {
            new ClassReader(bytes).accept(body, ClassReader.SKIP_FRAMES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String method : body.answerable()) {
            events.add(
                    new SimpleConditionEvent(type, true, "%s.%s executes a request".formatted(type.getName(), method)));
        }
    }
}
