package dev.sluice.local.sql;

import java.util.List;
import java.util.Optional;

/** Which types become which without being asked. */
final class Supertypes {

    private Supertypes() {}

    /** Whether every value of the one type becomes one of the other. */
    static boolean widens(Type type, Type to) {
        return type.equals(to)
                || type.equals(Type.NULL)
                || widensAsNumber(type, to)
                || type.isArray() && to.isArray() && type.element().equals(Type.NULL)
                || type.isStruct() && to.isStruct() && widensByField(type.parts(), to.parts());
    }

    private static boolean widensAsNumber(Type type, Type to) {
        return type.equals(Type.INT64) && to.isNumber()
                || type.equals(Type.NUMERIC) && (to.equals(Type.BIGNUMERIC) || to.equals(Type.FLOAT64))
                || type.equals(Type.BIGNUMERIC) && to.equals(Type.FLOAT64);
    }

    private static boolean widensByField(List<Type.Part> fields, List<Type.Part> to) {
        boolean widens = fields.size() == to.size();
        for (int i = 0; widens && i < fields.size(); i++) {
            widens = widens(fields.get(i).type(), to.get(i).type());
        }
        return widens;
    }

    /** The narrower of the two that both become. */
    static Optional<Type> common(Type one, Type other) {
        if (widens(one, other)) {
            return Optional.of(other);
        }
        return widens(other, one) ? Optional.of(one) : Optional.empty();
    }
}
