using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Aspire.Hosting.Testing;

/// <summary>The app host's own program, run in a test up to the point where it has built its model.</summary>
internal sealed class EntryPoint(TextWriter output)
{
    private static readonly AsyncLocal<EntryPoint?> Running = new();

    private readonly TaskCompletionSource<DistributedApplication> built = new();

    public static EntryPoint? Current => Running.Value;

    public static Task<DistributedApplication> RunAsync(Assembly appHost, string[] args, TextWriter output, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var entryPoint = new EntryPoint(output);
            Running.Value = entryPoint;
            try
            {
                appHost.EntryPoint!.Invoke(null, [args]);
            }
            catch (TargetInvocationException exception)
            {
                ExceptionDispatchInfo.Capture(exception.InnerException!).Throw();
            }

            return entryPoint.built.Task.IsCompleted
                ? entryPoint.built.Task
                : throw new InvalidOperationException("The app host ended without building its model.");
        },
        cancellationToken);

    public DistributedApplication Intercept(DistributedApplicationBuilder model)
    {
        var application = new DistributedApplication(model, output, hosted: true);
        built.SetResult(application);
        return application;
    }
}
