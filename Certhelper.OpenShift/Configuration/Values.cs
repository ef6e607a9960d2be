namespace Certhelper.OpenShift.Configuration;

/// <summary><c>deploy/values.yaml</c>: what the manifest does not say. Read strictly: a key that is not here is an error.</summary>
internal sealed class Values
{
    /// <summary>Name of the application, a label on everything.</summary>
    public string Application { get; set; } = "";

    /// <summary>Tag of our own images.</summary>
    public string Version { get; set; } = "";

    /// <summary>What our images are made on; the same as in <c>Directory.Build.targets</c>.</summary>
    public string BaseImage { get; set; } = "";

    /// <summary>Values of parameters that are no secrets, instead of the manifest's default.</summary>
    public Dictionary<string, string> Parameters { get; set; } = [];

    /// <summary>By name of the project in the manifest.</summary>
    public Dictionary<string, WorkloadValues> Workloads { get; set; } = [];

    /// <summary>By name of the container in the manifest.</summary>
    public Dictionary<string, StoreValues> Stores { get; set; } = [];

    public Dictionary<string, RouteValues> Routes { get; set; } = [];

    public NetworkValues Network { get; set; } = new();

    public BackupValues Backup { get; set; } = new();

    public Dictionary<string, OverlayValues> Overlays { get; set; } = [];
}

internal sealed class WorkloadValues
{
    /// <summary>Name of its image; projects may share one.</summary>
    public string Image { get; set; } = "";

    /// <summary>Workloads before which it runs, to its end, in each of their pods. It has no pods of its own then.</summary>
    public List<string> InitOf { get; set; } = [];

    public int Replicas { get; set; } = 2;

    public int Port { get; set; } = 8080;

    /// <summary>Where its metrics are read; 0: nowhere.</summary>
    public int MetricsPort { get; set; }

    /// <summary>Seconds between leaving the Service and being told to stop.</summary>
    public int DrainSeconds { get; set; } = 5;

    /// <summary>Seconds that the process itself may take to stop.</summary>
    public int StopSeconds { get; set; } = 30;

    public ResourceValues Resources { get; set; } = new();

    /// <summary>Paths that it writes, with the most that may be there. Everything else is read-only.</summary>
    public Dictionary<string, string> Writable { get; set; } = [];

    /// <summary>Folder where the files of the Secret <c>NAME-files</c> are, if there is one.</summary>
    public string? SecretFiles { get; set; }

    /// <summary>Ports outside of the cluster, beside those of the URLs that it is given.</summary>
    public List<int> OutsidePorts { get; set; } = [];

    /// <summary>Further configuration.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    public AutoscaleValues? Autoscale { get; set; }
}

internal sealed class ResourceValues
{
    public Dictionary<string, string> Requests { get; set; } = [];

    public Dictionary<string, string> Limits { get; set; } = [];
}

internal sealed class AutoscaleValues
{
    public int Max { get; set; }

    /// <summary>Per cent of the requested CPU.</summary>
    public int Cpu { get; set; }

    /// <summary>Requests a second and pod, where the cluster knows them.</summary>
    public int RequestsPerSecond { get; set; }
}

internal sealed class StoreValues
{
    public ResourceValues Resources { get; set; } = new();

    /// <summary>Size of the manifest's volume, which lasts.</summary>
    public string? Storage { get; set; }

    public Dictionary<string, string> Writable { get; set; } = [];

    public Dictionary<string, string> Settings { get; set; } = [];

    /// <summary>A command that says whether it is ready; without one, a connection does.</summary>
    public List<string> Ready { get; set; } = [];

    public int StopSeconds { get; set; } = 30;
}

internal sealed class RouteValues
{
    public string Workload { get; set; } = "";

    public string? Path { get; set; }

    /// <summary>How long an answer may take.</summary>
    public string Timeout { get; set; } = "60s";

    /// <summary>How long a web socket may be silent.</summary>
    public string TunnelTimeout { get; set; } = "1h";

    /// <summary>Networks that may use it, with spaces between; empty: all.</summary>
    public string Allow { get; set; } = "";
}

internal sealed class NetworkValues
{
    /// <summary>Labels of the namespace of the routers.</summary>
    public Dictionary<string, string> Routers { get; set; } = [];

    /// <summary>Labels of the namespace of what reads metrics.</summary>
    public Dictionary<string, string> Monitoring { get; set; } = [];

    /// <summary>Labels of the namespace of the name service.</summary>
    public Dictionary<string, string> NameService { get; set; } = [];

    public List<int> NameServicePorts { get; set; } = [];

    /// <summary>Where outside services are, and what of it is inside.</summary>
    public string Outside { get; set; } = "0.0.0.0/0";

    public List<string> Inside { get; set; } = [];
}

internal sealed class BackupValues
{
    /// <summary>The database: the resource of the manifest that has the connection string.</summary>
    public string Database { get; set; } = "";

    /// <summary>The container resource whose image has the tools.</summary>
    public string Tools { get; set; } = "";

    public string Schedule { get; set; } = "";

    public string Storage { get; set; } = "";

    public int KeepDays { get; set; }

    public ResourceValues Resources { get; set; } = new();
}

/// <summary>What is different in one place.</summary>
internal sealed class OverlayValues
{
    public string Namespace { get; set; } = "";

    /// <summary>Where our images are; empty: image streams of the project.</summary>
    public string Registry { get; set; } = "";

    public string? Version { get; set; }

    public string Host { get; set; } = "";

    public List<string> Components { get; set; } = [];

    public Dictionary<string, string> Parameters { get; set; } = [];

    public Dictionary<string, int> Replicas { get; set; } = [];

    public Dictionary<string, Dictionary<string, string>> Settings { get; set; } = [];

    /// <summary>Containers of the manifest that are somewhere else here.</summary>
    public Dictionary<string, OutsideValues> Outside { get; set; } = [];
}

internal sealed class OutsideValues
{
    public string Host { get; set; } = "";

    public int Port { get; set; }

    /// <summary>Template instead of the manifest's.</summary>
    public string ConnectionString { get; set; } = "";

    public List<string> Networks { get; set; } = [];

    /// <summary>Templates instead of the manifest's for variables that hold parts of it.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];
}
