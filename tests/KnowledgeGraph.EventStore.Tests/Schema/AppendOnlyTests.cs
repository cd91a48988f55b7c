using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.EventStore.Tests.Schema;

public sealed class AppendOnlyTests : StoreTest
{
    [Theory]
    [InlineData("update events.mt_events set data = '{}' where seq_id = 1")]
    [InlineData("update events.mt_events set data = '1.00' where seq_id = 2")]
    [InlineData("update events.mt_events set timestamp = now()")]
    [InlineData("update events.mt_events set is_archived = null")]
    [InlineData("delete from events.mt_events")]
    [InlineData("delete from events.mt_events where false")]
    [InlineData("truncate events.mt_events")]
    [InlineData("delete from events.mt_streams")]
    [InlineData("truncate events.mt_streams cascade")]
    [InlineData("update events.mt_streams set version = version - 1")]
    [InlineData("update events.mt_streams set version = null")]
    [InlineData("update events.mt_streams set id = 'report/b'")]
    [InlineData("set local session_replication_role = replica; delete from events.mt_events")]
    [InlineData("insert into events.mt_events select * from events.mt_events on conflict (seq_id) do update set type = 'other'")]
    [InlineData("merge into events.mt_streams s using (select 1) x on true when matched then delete")]
    public async Task The_database_refuses_to_change_what_is_recorded(string sql)
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event(), Event() with { Data = "1.0" });
        var before = await DumpAsync();

        var refused = await RefusedAsync(() => Database.ExecuteAsync(sql));

        Assert.Equal("KG001", refused.SqlState);
        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task A_stream_can_be_archived()
    {
        await AppendAsync("report/a", ExpectedVersion.NoStream, Event());

        Assert.Equal(1, await Database.ExecuteAsync("update events.mt_events set is_archived = true"));
        Assert.Equal(1, await Database.ExecuteAsync("update events.mt_streams set is_archived = true"));
    }

    private async Task<string> DumpAsync() => await Database.ReadAsync<string>(
        "select (select json_agg(e) from events.mt_events e)::text || (select json_agg(s) from events.mt_streams s)::text");
}
