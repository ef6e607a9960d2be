using Npgsql;

namespace Certhelper.AppHost.LocalEngine;

/// <summary>The embedded server in place of the image.</summary>
internal static class PostgresPlan
{
    public static ProcessPlan For(PostgresServerResource server, DistributedApplicationBuilder model)
    {
        if (server.UserNameParameter is not null)
            throw new DistributedApplicationException($"{server.Name}: the local engine knows only the user {EmbeddedPostgres.UserName}.");
        var postgres = new EmbeddedPostgres(Path.Combine(model.Data.FullPath, server.Volume?.Folder ?? Session(server, model)));
        return new ProcessPlan
        {
            Command = async cancellationToken =>
            {
                if (postgres.Exists && !model.Data.Secrets.Contains(server.PasswordParameter.Name) && model.Configuration.GetSection("Parameters")[server.PasswordParameter.Name] is null)
                    throw new DistributedApplicationException(
                        $"the password of the database in {postgres.DataDirectory} is gone: put secrets.json back, or drop the data with ./certhelper reset.");
                var password = await server.PasswordParameter.GetValueAsync(cancellationToken);
                await postgres.PrepareAsync(password!, cancellationToken);
                return postgres.ServerCommand(server.PrimaryEndpoint.Port, [new("log_checkpoints", "off")]);
            },
            Probe = cancellationToken => ProbeAsync(server, cancellationToken),
            // A fast shutdown: clients are sent away, nothing is lost.
            StopSignal = Signals.Interrupt,
            DeathSignal = "INT",
        };
    }

    /// <summary>Whether a database that somebody else runs answers.</summary>
    public static async Task CheckChosenAsync(PostgresDatabaseResource database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database.ChosenConnectionString);
            await connection.OpenAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // The library's own sentence may quote the string, which holds a password.
            throw new DistributedApplicationException(
                $"ConnectionStrings:{database.Name} cannot be read (example: ConnectionStrings__{database.Name}=\"Host=db;Database=certhelper;Username=certhelper;Password=…\").");
        }
        catch (NpgsqlException exception)
        {
            throw new DistributedApplicationException($"The database of ConnectionStrings:{database.Name} does not answer: {exception.Message}");
        }
    }

    private static async Task<string?> ProbeAsync(PostgresServerResource server, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(await server.GetConnectionStringAsync(cancellationToken) + ";Database=postgres;Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            foreach (var database in server.Databases)
                await EnsureDatabaseAsync(connection, database.DatabaseName, cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new DistributedApplicationException($"{server.Name} refuses the password of Parameters:{server.PasswordParameter.Name}; its data were made with another one.");
        }
        catch (NpgsqlException exception)
        {
            return exception.Message;
        }
    }

    private static async Task EnsureDatabaseAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await look.ExecuteScalarAsync(cancellationToken) is not null) return;
        await using var make = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
        await make.ExecuteNonQueryAsync(cancellationToken);
    }

    // Without a volume the data last as long as the run.
    private static string Session(PostgresServerResource server, DistributedApplicationBuilder model)
    {
        var folder = server.Name + "-session";
        var path = Path.Combine(model.Data.FullPath, folder);
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        return folder;
    }
}
