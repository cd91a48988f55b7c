using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Keys;

/// <summary>What is known of a key; the key itself is not.</summary>
/// <param name="Id">Names the key where it is revoked; no secret.</param>
/// <param name="Name">Whose it is, or what for.</param>
/// <param name="Scopes">What it allows: read, ingest, curate, admin.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Revoked">Since when it is good for nothing; null for a key that is good.</param>
public sealed record ApiKey(Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset Created, DateTimeOffset? Revoked);

/// <summary>A new key.</summary>
/// <param name="Key">What the service keeps of it.</param>
/// <param name="Secret">What goes into <c>Authorization: Bearer</c>. Shown here and never again.</param>
public sealed record CreatedKey(ApiKey Key, string Secret);

/// <summary>
/// The keys. They are looked up at every request and held in no memory, so that a revoked one is refused from the next request on, by
/// every node.
/// </summary>
public sealed class ApiKeys(NpgsqlDataSource database, TimeProvider time)
{
    // Lets scanners of repositories and logs know a key when they see one.
    private const string Prefix = "kg_";

    private const string Columns = "id, name, scopes, created, revoked";

    public async Task<CreatedKey> CreateAsync(string name, IEnumerable<string> scopes, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var rows = await QueryAsync(
            $"insert into kg.keys (id, hash, name, scopes, created) values ($1, $2, $3, $4, $5) returning {Columns}",
            [Guid.CreateVersion7(now), HashOf(secret), name, Scope.All.Intersect(scopes).ToArray(), now],
            cancellation);
        return new CreatedKey(rows[0], secret);
    }

    /// <summary>The key that a secret is of; null where there is none or it is revoked.</summary>
    public async Task<ApiKey?> FindAsync(string secret, CancellationToken cancellation) =>
        (await QueryAsync($"select {Columns} from kg.keys where hash = $1 and revoked is null", [HashOf(secret)], cancellation)).SingleOrDefault();

    /// <summary>Keys in the order in which they were made, revoked ones too.</summary>
    public Task<List<ApiKey>> ListAsync(Guid after, int count, CancellationToken cancellation) =>
        QueryAsync($"select {Columns} from kg.keys where id > $1 order by id limit $2", [after, count], cancellation);

    /// <summary>Ends a key for good and returns it; null where there is none. A second time changes nothing.</summary>
    public async Task<ApiKey?> RevokeAsync(Guid id, CancellationToken cancellation) =>
        (await QueryAsync($"update kg.keys set revoked = coalesce(revoked, $2) where id = $1 returning {Columns}", [id, time.GetUtcNow()], cancellation))
            .SingleOrDefault();

    /// <summary>A key of every scope, where no good key can make others. Nodes that start at once may make one each; all are listed.</summary>
    public async Task<CreatedKey?> CreateFirstAsync(CancellationToken cancellation) =>
        (await QueryAsync($"select {Columns} from kg.keys where $1 = any(scopes) and revoked is null limit 1", [Scope.Admin], cancellation)).Count > 0
            ? null
            : await CreateAsync("first", Scope.All, cancellation);

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private Task<List<ApiKey>> QueryAsync(string sql, object?[] parameters, CancellationToken cancellation) => database.QueryAsync(
        sql,
        parameters,
        row => new ApiKey(
            row.GetGuid(0),
            row.GetString(1),
            row.GetFieldValue<string[]>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.Optional<DateTimeOffset?>(4)),
        cancellation);
}
