using System.Net;

namespace Certhelper.Tests.Standins;

public sealed class RestartTests
{
    [Fact]
    public async Task With_a_data_folder_tokens_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("standins-").FullName;
        await using var before = new StandinsServer { DataFolder = folder };
        await before.InitializeAsync();
        var token = await before.TokenAsync(StandinsServer.Oms);
        await using var after = new StandinsServer { DataFolder = folder };
        await after.InitializeAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/agg/api/v1/runs?page[limit]=1");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await after.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Outside_development_nobody_can_make_faults()
    {
        await using var server = new StandinsServer { Environment = "Production" };
        await server.InitializeAsync();

        using var fault = await server.ControlAsync(HttpMethod.Put, "/oms", """{"fault":"refuse"}""");
        using var page = await server.ControlAsync(HttpMethod.Get, "");
        var runs = await server.OmsAsync("/runs?page[limit]=1");

        Assert.Equal(HttpStatusCode.Forbidden, fault.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Single(runs.GetProperty("data").EnumerateArray());
    }
}
