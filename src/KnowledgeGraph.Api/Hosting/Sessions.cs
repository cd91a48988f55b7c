using Npgsql;

namespace KnowledgeGraph.Api.Hosting;

/// <summary>
/// The sessions in which the service asks the database. Statements are few and asked over and over: each session prepares those that
/// it has seen some times, and plans them once, for any parameters. So a statement leaves out what is not asked for, instead of a
/// condition that holds for a parameter of null: one plan is right for all that it may be asked with. Pages come in the order of an index, of
/// which a plan has to read no more than a page: that it does so for the entity that everybody writes about as well as for the average one,
/// which is all that a plan for any parameters knows of, takes the price of a page that is in memory.
/// Whoever pools sessions between the service and the server, where a prepared statement may be another's, sets <c>Max Auto Prepare=0</c> in
/// the connection string.
/// </summary>
public static class Sessions
{
    /// <summary>How every session plans.</summary>
    public const string Planning = "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1";

    private const string Prepared = "Max Auto Prepare=";

    public static NpgsqlDataSource Open(string connectionString)
    {
        // No statement here leaves anything in a session; resetting it after each use costs a tenth of a small append.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        settings.Options = $"{Planning} {settings.Options}".TrimEnd();
        // What the builder writes has the keyword in this form where it was given, with any value and in any spelling.
        if (!settings.ConnectionString.Contains(Prepared, StringComparison.OrdinalIgnoreCase))
        {
            settings.MaxAutoPrepare = 200;
            settings.AutoPrepareMinUsages = 2;
        }

        return NpgsqlDataSource.Create(settings);
    }
}
