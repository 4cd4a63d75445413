package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.List;
import java.util.Objects;

/** Bound parameters in the form that the wire wants. */
final class Parameters {

    private Parameters() {}

    static QueryParameter named(String name, com.google.cloud.bigquery.QueryParameterValue value) {
        return new QueryParameter().setName(name).setParameterType(type(value)).setParameterValue(value(value));
    }

    private static QueryParameterType type(com.google.cloud.bigquery.QueryParameterValue value) {
        var type = new QueryParameterType().setType(value.getType().name());
        if (value.getType() == StandardSQLTypeName.ARRAY) {
            type.setArrayType(new QueryParameterType()
                    .setType(Objects.requireNonNull(value.getArrayType()).name()));
        }
        return type;
    }

    private static QueryParameterValue value(com.google.cloud.bigquery.QueryParameterValue value) {
        if (value.getType() != StandardSQLTypeName.ARRAY) {
            return new QueryParameterValue().setValue(value.getValue());
        }
        List<com.google.cloud.bigquery.QueryParameterValue> elements = Objects.requireNonNull(value.getArrayValues());
        return new QueryParameterValue()
                .setArrayValues(elements.stream()
                        .map(element -> new QueryParameterValue().setValue(element.getValue()))
                        .toList());
    }
}
