using System.Data.Common;
using System.Globalization;
using Certhelper.OpenShift.Configuration;
using Certhelper.OpenShift.Manifest;
using Certhelper.OpenShift.Resolving;
using k8s.Models;

namespace Certhelper.OpenShift.Objects;

/// <summary>A dump of the database every night, on a volume of its own.</summary>
internal sealed class Backups(ApplicationManifest manifest, EffectiveValues values, Resolver resolver)
{
    public const string Name = "backup";
    private const string Folder = "/backups";

    /// <summary>Words of Npgsql for how sure TLS must be, as libpq has them.</summary>
    private static readonly Dictionary<string, string> SslModes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Disable"] = "disable",
        ["Allow"] = "allow",
        ["Prefer"] = "prefer",
        ["Require"] = "require",
        ["VerifyCA"] = "verify-ca",
        ["VerifyFull"] = "verify-full",
    };

    /// <summary>What it talks to.</summary>
    public Footprint Footprint()
    {
        var footprint = new Footprint();
        Variables(values.All.Backup, footprint);
        return footprint;
    }

    public IEnumerable<object> Build(Network network)
    {
        var backup = values.All.Backup;
        if (!manifest.Resources.TryGetValue(backup.Tools, out var tools) || tools is not ContainerResource container)
            throw new ConversionException($"The values, backup: tools: the manifest has no such container {backup.Tools}.");
        var footprint = new Footprint();
        var variables = Variables(backup, footprint);
        variables.Add(new V1EnvVar { Name = "BACKUP_KEEP_DAYS", Value = backup.KeepDays.ToString(CultureInfo.InvariantCulture) });

        var spec = Pods.Spec(Name, 30);
        spec.RestartPolicy = "Never";
        spec.Volumes =
        [
            new V1Volume { Name = "backups", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = "backups" } },
            new V1Volume { Name = "script", ConfigMap = new V1ConfigMapVolumeSource { Name = "backup-script" } },
            new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("64Mi") } },
        ];
        spec.Containers =
        [
            new V1Container
            {
                Name = Name,
                Image = container.Image,
                ImagePullPolicy = "IfNotPresent",
                Command = ["/bin/sh", "/script/backup.sh", Folder],
                Env = variables,
                Resources = Pods.Resources(backup.Resources, "backup"),
                SecurityContext = Pods.Restricted(),
                VolumeMounts =
                [
                    new V1VolumeMount { Name = "backups", MountPath = Folder },
                    new V1VolumeMount { Name = "script", MountPath = "/script", ReadOnlyProperty = true },
                    new V1VolumeMount { Name = "tmp", MountPath = "/tmp" },
                ],
            },
        ];

        yield return Pods.ServiceAccount(values.Application, Name);
        yield return new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = Names.Meta(values.Application, "backup-script", of: Name), Data = new Dictionary<string, string> { ["backup.sh"] = Resource.Text("backup.sh") } };
        yield return new V1PersistentVolumeClaim
        {
            ApiVersion = "v1",
            Kind = "PersistentVolumeClaim",
            Metadata = Names.Meta(values.Application, "backups", of: Name),
            Spec = new V1PersistentVolumeClaimSpec { AccessModes = ["ReadWriteOnce"], Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(backup.Storage) } } },
        };
        yield return new V1CronJob
        {
            ApiVersion = "batch/v1",
            Kind = "CronJob",
            Metadata = Names.Meta(values.Application, Name),
            Spec = new V1CronJobSpec
            {
                Schedule = backup.Schedule,
                TimeZone = "Europe/Zurich",
                ConcurrencyPolicy = "Forbid",
                StartingDeadlineSeconds = 3600,
                SuccessfulJobsHistoryLimit = 3,
                FailedJobsHistoryLimit = 3,
                JobTemplate = new V1JobTemplateSpec
                {
                    Metadata = new V1ObjectMeta { Labels = Names.Selector(values.Application, Name) },
                    Spec = new V1JobSpec
                    {
                        BackoffLimit = 2,
                        ActiveDeadlineSeconds = 3600,
                        Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = Names.Selector(values.Application, Name) }, Spec = spec },
                    },
                },
            },
        };
        yield return network.Outgoing(Name, footprint);
    }

    /// <summary>The connection string, as the variables that PostgreSQL's own tools read.</summary>
    private List<V1EnvVar> Variables(BackupValues backup, Footprint footprint)
    {
        var where = $"The values, backup: database: {backup.Database}";
        var pieces = resolver.Resolve($"{{{backup.Database}.connectionString}}", where, footprint)!;
        var helpers = new SortedDictionary<string, V1EnvVar>(StringComparer.Ordinal);
        var text = EnvironmentBuilder.Text(pieces, helpers);
        var parts = new DbConnectionStringBuilder { ConnectionString = text };
        var variables = helpers.Values.ToList();
        foreach (var (key, variable) in ((string, string)[])[("Host", "PGHOST"), ("Port", "PGPORT"), ("Username", "PGUSER"), ("Password", "PGPASSWORD"), ("Database", "PGDATABASE")])
        {
            if (!parts.TryGetValue(key, out var value)) throw new ConversionException($"{where}: its connection string has no {key}.");
            variables.Add(new V1EnvVar { Name = variable, Value = (string)value });
        }

        var mode = parts.TryGetValue("SSL Mode", out var given) ? (string)given : "Prefer";
        variables.Add(new V1EnvVar { Name = "PGSSLMODE", Value = SslModes.GetValueOrDefault(mode) ?? throw new ConversionException($"{where}: the SSL Mode {mode} is not known.") });
        return variables;
    }
}
