package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Uploads of a job and its file in one request. */
class MultipartUploadTests extends HouseOverRest {

    private static final String JOB =
            "{'configuration':{'load':{'destinationTable':{'datasetId':'house','tableId':'t'},"
                    + "'schema':{'fields':[{'name':'s','type':'STRING'}]},'sourceFormat':'CSV'}}}";

    private HttpResponse<String> upload(String headers, String content) throws Exception {
        String body = String.join(
                "\r\n",
                "--b1",
                "Content-Type: application/json",
                "",
                JOB.replace('\'', '"'),
                "--b1",
                headers,
                "",
                content,
                "--b1--",
                "");
        return server.send(
                server.request("/upload/bigquery/v2/projects/" + LocalServer.PROJECT + "/jobs?uploadType=multipart")
                        .header("Content-Type", "multipart/related; boundary=b1")
                        .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aFileMayBeWrittenInLetters() throws Exception {
        HttpResponse<String> answer =
                upload("Content-Type: text/csv\r\ncontent-transfer-encoding: BASE64", "YSxi\r\nCg==");

        assertThat(answer.body()).contains("LOAD");
        assertThat(server.end(answer.body().replaceAll(".*\"jobId\":\"([^\"]+)\".*", "$1")))
                .contains("Too many values in row: 2; expected 1.");
        assertThat(upload("Content-Transfer-Encoding: binary", "YQo=").statusCode())
                .isEqualTo(200);
    }

    @Test
    void noFileIsReadOtherwiseThanItIsWritten() throws Exception {
        assertThat(upload("Content-Transfer-Encoding: base64", "Y").body()).contains("is not base64");
        assertThat(upload("Content-Transfer-Encoding: quoted-printable", "a=0A").body())
                .contains("does not support parts of uploads with Content-Transfer-Encoding quoted-printable");
    }
}
