using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Certhelper.AppHost.LocalEngine;
using Certhelper.Tests.Infrastructure;

namespace Certhelper.Tests.AppHost;

/// <summary>A model of a few shell commands on the local engine, with a data folder of its own.</summary>
internal sealed class TinyModel : IAsyncDisposable
{
    private readonly StringWriter output = new();
    private DistributedApplication? app;

    public TinyModel(params string[] args)
    {
        Folder = TestFolder.Create("certhelper-tiny-");
        Builder = new DistributedApplicationBuilder(new DistributedApplicationOptions
        {
            Args = ["--data-folder", Path.Combine(Folder, "data"), .. args],
            ProjectDirectory = Folder,
            ProjectName = "AppHost",
        });
    }

    public string Folder { get; }

    public DistributedApplicationBuilder Builder { get; }

    public ProcessNotes Notes => Builder.Data.Notes;

    public string Output => output.ToString();

    /// <summary>Adds a resource that runs a shell script.</summary>
    public IResourceBuilder<ExecutableResource> Shell(string name, string script) => Builder.AddExecutable(name, "/bin/sh", ".", "-c", script);

    public DistributedApplication Build() => app ??= new DistributedApplication(Builder, TextWriter.Synchronized(output), hosted: true);

    public Task StartAsync() => Build().StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Number of the process that runs a resource.</summary>
    public int ProcessOf(string name) => Processes.IdOf(Builder.Data.FullPath, name);

    public string PathOf(string file) => Path.Combine(Folder, file);

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        TestFolder.Delete(Folder);
    }
}
