namespace Certhelper.AppHost.LocalEngine;

internal enum ResourceState
{
    Waiting,
    Starting,
    Healthy,
    Finished,
    Failed,
    Stopped,
    Elsewhere,
}
