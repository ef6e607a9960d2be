using Certhelper.AppHost.LocalEngine;

namespace Certhelper.Tests.AppHost;

public sealed class ReadyTableTests
{
    [Fact]
    public void Columns_stand_below_each_other()
    {
        var table = ReadyTable.Render(
        [
            new("postgres", ResourceState.Healthy, TimeSpan.FromSeconds(1.24), [new("127.0.0.1:20001", null)]),
            new("migrate", ResourceState.Finished, TimeSpan.FromSeconds(12.9), []),
            new("web", ResourceState.Healthy, TimeSpan.FromSeconds(3), [new("http://localhost:5080", "2 replicas"), new("http://localhost:5080/hangfire", "jobs")]),
        ]);

        Assert.Equal(
            """
              postgres  healthy      1.2 s  127.0.0.1:20001
              migrate   finished    12.9 s
              web       healthy      3.0 s  http://localhost:5080           2 replicas
                                            http://localhost:5080/hangfire  jobs

            """,
            table);
    }
}
