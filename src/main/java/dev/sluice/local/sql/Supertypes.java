package dev.sluice.local.sql;

import java.util.ArrayList;
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
                || type.equals(Type.DATE) && to.equals(Type.DATETIME)
                || type.isArray() && to.isArray() && widensAsArray(type.element(), to.element())
                || type.isStruct() && to.isStruct() && widensByField(type.parts(), to.parts());
    }

    private static boolean widensAsArray(Type element, Type to) {
        return element.equals(Type.NULL) || isNamedOtherwise(element, to);
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

    /** The narrower of the two that both become; structs keep the names that the first has. */
    static Optional<Type> common(Type one, Type other) {
        if (one.isStruct() && other.isStruct()) {
            return commonByField(one.parts(), other.parts());
        }
        if (one.isArray() && other.isArray()) {
            return commonOfElements(one, other);
        }
        if (widens(one, other)) {
            return Optional.of(other);
        }
        return widens(other, one) ? Optional.of(one) : Optional.empty();
    }

    private static Optional<Type> commonByField(List<Type.Part> ones, List<Type.Part> others) {
        List<Type.Part> fields = new ArrayList<>();
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            Optional<Type> field = common(ones.get(i).type(), others.get(i).type());
            if (field.isPresent()) {
                fields.add(new Type.Part(ones.get(i).name(), field.get()));
            }
        }
        boolean all = fields.size() == ones.size() && fields.size() == others.size();
        return all ? Optional.of(Type.struct(fields)) : Optional.empty();
    }

    private static Optional<Type> commonOfElements(Type one, Type other) {
        if (one.element().equals(Type.NULL)) {
            return Optional.of(other);
        }
        boolean widens = other.element().equals(Type.NULL) || isNamedOtherwise(other.element(), one.element());
        return widens ? Optional.of(one) : Optional.empty();
    }

    /** Whether the two differ by no more than the names of fields. */
    private static boolean isNamedOtherwise(Type one, Type other) {
        if (one.isArray() && other.isArray()) {
            return isNamedOtherwise(one.element(), other.element());
        }
        if (!one.isStruct() || !other.isStruct()) {
            return one.equals(other);
        }
        boolean same = one.parts().size() == other.parts().size();
        for (int i = 0; same && i < one.parts().size(); i++) {
            same = isNamedOtherwise(
                    one.parts().get(i).type(), other.parts().get(i).type());
        }
        return same;
    }
}
